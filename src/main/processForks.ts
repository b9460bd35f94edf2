import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { keepLastWords } from '../host/lastWords.ts';
import type { ToHostProcess } from '../host/electronMessages.ts';
import type { Program } from '../host/launcher.ts';
import type { MessagePortMain } from 'electron';

export interface ProcessForks {
  /** Forks a program and hands its port to the host. */
  launch(id: number, program: Program): void;
  kill(id: number): void;
  killAll(): void;
}

/** Trainers and tasks on behalf of one host process. */
export function createProcessForks(
  files: Readonly<Record<Program, string>>,
  tellHost: (message: ToHostProcess, ports?: MessagePortMain[]) => void,
): ProcessForks {
  const children = new Map<number, UtilityProcess>();
  const kill = (id: number) => {
    const child = children.get(id);
    // SIGKILL: a trainer inside a native step does not answer anything gentler.
    if (child?.pid !== undefined) process.kill(child.pid, 'SIGKILL');
  };
  return {
    launch(id, program) {
      const child = utilityProcess.fork(files[program], [], {
        serviceName: `Depthlab ${program}`,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      children.set(id, child);
      const lastWords = keepLastWords(child.stderr as NodeJS.ReadStream | null);
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ type: 'port' }, [port1]);
      child.on('spawn', () => tellHost({ type: 'launched', id, pid: child.pid }, [port2]));
      child.on('exit', (code) => {
        children.delete(id);
        tellHost({ type: 'exited', id, code, lastWords: lastWords() });
      });
    },
    kill,
    killAll: () => [...children.keys()].forEach(kill),
  };
}
