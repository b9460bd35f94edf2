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
  /** A sentence while something needs attention, else empty. */
  setNotice(notice: string): void;
  close(): void;
}

export function createStatusBoard(
  live: Live,
  parts: () => { store: Store; queue: Queue; supervisor: Supervisor },
): StatusBoard {
  let notice = '';
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
        notice,
      };
    },
    setNotice(text) {
      if (text === notice) return;
      notice = text;
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
