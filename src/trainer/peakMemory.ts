import { readFileSync } from 'node:fs';

/** The most memory that this process ever held, bytes: VmHWM on Linux, the maximum resident set elsewhere. */
export function peakMemoryBytes(): number {
  if (process.platform === 'linux') {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (match) return Number(match[1]) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}
