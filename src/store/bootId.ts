import { readFileSync } from 'node:fs';

/** Linux's identity of the running boot; empty on platforms that have none, where nothing is concluded from it. */
export function bootId(): string {
  if (process.platform !== 'linux') return '';
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
