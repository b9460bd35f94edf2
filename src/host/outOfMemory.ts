import { readFileSync } from 'node:fs';
import type { RunRow } from '../contract/run.ts';
import { estimateRun, gigabytes, memoryRoom } from './memoryRoom.ts';

const SAMPLE_MS = 500;
const OUT_OF_MEMORY = /bad_alloc|OOM when allocating|out of memory|allocation failed|SIGKILL/i;

export interface MemoryWatch {
  /** Adds what was needed and had to a reason that is, or may be, for want of memory; another passes unchanged. */
  explain(reason: string): string;
  /** Whether the system has ended a process for want of memory meanwhile: a SIGKILL was then no one's wish. */
  wasKilled(): boolean;
  stop(): void;
}

/** Watches how much memory a run's trainer takes, as long as it lives. */
export function watchMemory(pid: number | undefined, run: Pick<RunRow, 'network' | 'input' | 'recipe'>): MemoryWatch {
  const killsBefore = kernelKills();
  let peakBytes = 0;
  const sample = () => {
    peakBytes = Math.max(peakBytes, highWater(pid));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  timer.unref();
  const wasKilled = () => kernelKills() > killsBefore;
  return {
    wasKilled,
    explain: (reason) => {
      if (!OUT_OF_MEMORY.test(reason)) return reason;
      const sentences = [
        reason,
        ...(wasKilled() ? ['The system ended a process for want of memory meanwhile'] : []),
        ...(peakBytes > 0 ? [`It had reached ${gigabytes(peakBytes)}`] : []),
        `A step needs about ${gigabytes(estimateRun(run))} by estimate`,
        `There are ${gigabytes(memoryRoom().total)} of memory`,
        'A smaller batch, --micro-batches or --recompute need less',
      ];
      return sentences.join('. ');
    },
    stop: () => clearInterval(timer),
  };
}

/** The most memory that a process ever held, bytes; 0 where the platform does not tell. */
function highWater(pid: number | undefined): number {
  const match = /^VmHWM:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/status`));
  return match ? 1024 * Number(match[1]) : 0;
}

/** How many processes the kernel has ended for want of memory since the machine's start. */
function kernelKills(): number {
  return Number(/^oom_kill (\d+)$/m.exec(readText('/proc/vmstat'))?.[1] ?? 0);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
