import type { ToTrainer } from '../contract/trainer.ts';
import { messagePortChannel, type EmitterPort } from '../link/messagePort.ts';
import type { FromHostProcess, ToHostProcess } from './electronMessages.ts';
import type { TrainerExit, TrainerLauncher, TrainerProcess } from './launcher.ts';

interface Forked {
  resolve(trainer: TrainerProcess): void;
  exit: TrainerExit | null;
  listeners: ((exit: TrainerExit) => void)[];
}

export interface ParentPortLauncher extends TrainerLauncher {
  /** Takes the parent's messages about trainers; true where the message was one. */
  take(message: ToHostProcess, ports: readonly EmitterPort[]): boolean;
}

/** Starts trainers through the parent process: in Electron only the main process can fork utility processes. */
export function createParentPortLauncher(ask: (message: FromHostProcess) => void): ParentPortLauncher {
  const forked = new Map<number, Forked>();
  let lastId = 0;

  const handOver = (id: number, pid: number | undefined, port: EmitterPort): TrainerProcess => ({
    channel: messagePortChannel<unknown, ToTrainer>(port),
    pid,
    onExit: (listener) => {
      const trainer = forked.get(id)!;
      if (trainer.exit) listener(trainer.exit);
      else trainer.listeners.push(listener);
    },
    kill: () => ask({ type: 'kill', id }),
  });

  return {
    launch: () =>
      new Promise((resolve) => {
        const id = ++lastId;
        forked.set(id, { resolve, exit: null, listeners: [] });
        ask({ type: 'launch', id });
      }),
    take(message, ports) {
      if (message.type === 'launched') {
        forked.get(message.id)?.resolve(handOver(message.id, message.pid, ports[0]!));
        return true;
      }
      if (message.type !== 'exited') return false;
      const trainer = forked.get(message.id);
      if (trainer && !trainer.exit) {
        // A utility process that a signal ended reports the signal's number as its exit code.
        trainer.exit = { code: message.code, signal: signalOf(message.code), lastWords: message.lastWords };
        for (const listener of trainer.listeners) listener(trainer.exit);
      }
      return true;
    },
  };
}

const SIGNALS: Readonly<Record<number, string>> = { 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

function signalOf(code: number): string | null {
  return process.platform === 'win32' ? null : (SIGNALS[code] ?? null);
}
