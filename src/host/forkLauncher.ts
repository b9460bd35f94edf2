import { fork } from 'node:child_process';
import { childProcessChannel } from '../link/childProcess.ts';
import type { ToTrainer } from '../contract/trainer.ts';
import { keepLastWords } from './lastWords.ts';
import type { ChildOf, TrainerExit, TrainerLauncher } from './launcher.ts';

/** Starts trainers as children of this Node process. */
export function createForkLauncher(trainerFile: string): TrainerLauncher {
  return { launch: () => Promise.resolve(forkChild<ToTrainer>(trainerFile)) };
}

/**
 * Starts a bundle as a child of this Node process.
 * It leads a process group of its own, so that Ctrl-C in a terminal reaches this process alone, which then asks it to
 * stop; a child ends by itself when its channel closes, so none outlives a host that was killed.
 */
export function forkChild<Outgoing extends object>(file: string): ChildOf<Outgoing> {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
    execArgv: [],
  });
  const lastWords = keepLastWords(child.stderr);
  const channel = childProcessChannel<unknown, Outgoing>(child);
  let ended: TrainerExit | null = null;
  const listeners: ((exit: TrainerExit) => void)[] = [];
  const end = (exit: TrainerExit) => {
    if (ended) return;
    ended = exit;
    listeners.forEach((listener) => listener(exit));
  };
  // `close` comes after `exit` and after the pipes are read to their end.
  child.on('close', (code, signal) => end({ code, signal, lastWords: lastWords() }));
  child.on('error', (error) => end({ code: null, signal: null, lastWords: [error.message] }));
  return {
    channel,
    pid: child.pid,
    onExit: (listener) => {
      if (ended) listener(ended);
      else listeners.push(listener);
    },
    kill: () => child.kill('SIGKILL'),
  };
}
