import { messagePortChannel, type EmitterPort } from '../link/messagePort.ts';
import type { FromHostProcess, ToHostProcess } from './electronMessages.ts';
import type { ChildOf, Launcher, ProcessExit, Program } from './launcher.ts';

interface Forked {
  start(pid: number | undefined, port: EmitterPort): void;
  exit: ProcessExit | null;
  listeners: ((exit: ProcessExit) => void)[];
}

export interface ParentPortLauncher extends Launcher {
  /** Takes the parent's messages about processes; true where the message was one. */
  take(message: ToHostProcess, ports: readonly EmitterPort[]): boolean;
}

/** Starts processes through the parent process: in Electron only the main process can fork utility processes. */
export function createParentPortLauncher(ask: (message: FromHostProcess) => void): ParentPortLauncher {
  const forked = new Map<number, Forked>();
  let lastId = 0;

  const handOver = <Outgoing>(id: number, pid: number | undefined, port: EmitterPort): ChildOf<Outgoing> => ({
    channel: messagePortChannel<unknown, Outgoing>(port),
    pid,
    onExit: (listener) => {
      const child = forked.get(id)!;
      if (child.exit) listener(child.exit);
      else child.listeners.push(listener);
    },
    kill: () => ask({ type: 'kill', id }),
  });

  const launch = <Outgoing>(program: Program): Promise<ChildOf<Outgoing>> =>
    new Promise((resolve) => {
      const id = ++lastId;
      const start = (pid: number | undefined, port: EmitterPort) => resolve(handOver(id, pid, port));
      forked.set(id, { start, exit: null, listeners: [] });
      ask({ type: 'launch', id, program });
    });

  return {
    trainer: () => launch('trainer'),
    task: () => launch('task'),
    take(message, ports) {
      if (message.type === 'launched') {
        forked.get(message.id)?.start(message.pid, ports[0]!);
        return true;
      }
      if (message.type !== 'exited') return false;
      const child = forked.get(message.id);
      if (child && !child.exit) {
        // A utility process that a signal ended reports the signal's number as its exit code.
        child.exit = { code: message.code, signal: signalOf(message.code), lastWords: message.lastWords };
        for (const listener of child.listeners) listener(child.exit);
      }
      return true;
    },
  };
}

const SIGNALS: Readonly<Record<number, string>> = { 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

function signalOf(code: number): string | null {
  return process.platform === 'win32' ? null : (SIGNALS[code] ?? null);
}
