const parent = process.ppid;

/** Whether the process that started this one is gone: this one was given another parent. Works between native calls. */
export function isOrphan(): boolean {
  return process.ppid !== parent;
}
