import { readFileSync } from 'node:fs';
import type { ApplicationStatus } from '../contract/application.ts';
import type { Store } from '../store/store.ts';
import type { Live } from './live.ts';
import type { Queue } from './queue.ts';
import type { Supervisor } from './supervisor.ts';

/** While trainers run, memory and file size change without an event of their own. */
const REFRESH_MS = 2000;

export interface StatusBoard {
  read(): ApplicationStatus;
  /** A sentence while something of a run needs attention, else empty. */
  setNotice(runId: number, notice: string): void;
  close(): void;
}

export function createStatusBoard(
  live: Live,
  parts: () => { store: Store; queue: Queue; supervisor: Supervisor },
): StatusBoard {
  const notices = new Map<number, string>();
  const timer = setInterval(() => {
    if (parts().queue.running() > 0) live.announce('status', 0);
  }, REFRESH_MS);
  timer.unref();
  return {
    read() {
      const { store, queue, supervisor } = parts();
      const memory = supervisor.pids().map(residentBytes);
      return {
        running: queue.running(),
        queued: queue.queued(),
        trainerMemoryBytes: memory.length === 0 ? null : memory.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
        databaseBytes: store.bytes(),
        checkpointBytes: store.checkpoints.bytes(),
        notice: [...new Set(notices.values())].join('. '),
      };
    },
    setNotice(runId, text) {
      if (text === (notices.get(runId) ?? '')) return;
      if (text === '') notices.delete(runId);
      else notices.set(runId, text);
      live.announce('status', 0);
    },
    close: () => clearInterval(timer),
  };
}

/** Resident memory of a process; null where the platform has no /proc or the process is gone. */
function residentBytes(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? 1024 * Number(match[1]) : null;
  } catch {
    return null;
  }
}
