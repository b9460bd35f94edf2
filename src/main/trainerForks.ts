import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { keepLastWords } from '../host/lastWords.ts';
import type { ToHostProcess } from '../host/electronMessages.ts';
import type { MessagePortMain } from 'electron';

export interface TrainerForks {
  /** Forks a trainer and hands its port to the host. */
  launch(id: number): void;
  kill(id: number): void;
  killAll(): void;
}

/** Trainer processes on behalf of one host process. */
export function createTrainerForks(
  trainerFile: string,
  tellHost: (message: ToHostProcess, ports?: MessagePortMain[]) => void,
): TrainerForks {
  const trainers = new Map<number, UtilityProcess>();
  const kill = (id: number) => {
    const trainer = trainers.get(id);
    // SIGKILL: a trainer inside a native step does not answer anything gentler.
    if (trainer?.pid !== undefined) process.kill(trainer.pid, 'SIGKILL');
  };
  return {
    launch(id) {
      const trainer = utilityProcess.fork(trainerFile, [], {
        serviceName: 'Depthlab trainer',
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      trainers.set(id, trainer);
      const lastWords = keepLastWords(trainer.stderr as NodeJS.ReadStream | null);
      const { port1, port2 } = new MessageChannelMain();
      trainer.postMessage({ type: 'port' }, [port1]);
      trainer.on('spawn', () => tellHost({ type: 'launched', id, pid: trainer.pid }, [port2]));
      trainer.on('exit', (code) => {
        trainers.delete(id);
        tellHost({ type: 'exited', id, code, lastWords: lastWords() });
      });
    },
    kill,
    killAll: () => [...trainers.keys()].forEach(kill),
  };
}
