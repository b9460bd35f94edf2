import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Process ids of a process's children (Linux). */
export function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Whether a process is there and not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Milliseconds until a process is gone; rejects after the limit. */
export async function timeToEnd(pid: number, limitMs: number): Promise<number> {
  const start = performance.now();
  while (isAlive(pid)) {
    if (performance.now() - start > limitMs) throw new Error(`Process ${pid} lives on after ${limitMs} ms`);
    await sleep(20);
  }
  return performance.now() - start;
}
