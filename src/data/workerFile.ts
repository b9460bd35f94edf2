/**
 * The address of a thread's program: from the sources beside `own`, its asker's `import.meta.url`; from the bundles the one of
 * this name, whose askers may lie in a folder of pieces.
 */
export function workerFile(own: string, source: string, bundle: string): URL {
  if (own.endsWith('.ts')) return new URL(source, own);
  return new URL(own.includes('/chunks/') ? `../${bundle}` : bundle, own);
}
