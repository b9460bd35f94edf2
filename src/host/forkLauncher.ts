import { fork } from 'node:child_process';
import { childProcessChannel } from '../link/childProcess.ts';
import { keepLastWords } from './lastWords.ts';
import type { ChildOf, Launcher, ProcessExit, Program } from './launcher.ts';

/** Starts programs, given as files, as children of this Node process. */
export function createForkLauncher(files: Readonly<Record<Program, string>>): Launcher {
  return {
    trainer: () => Promise.resolve(forkChild(files.trainer)),
    task: () => Promise.resolve(forkChild(files.task)),
  };
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
  let ended: ProcessExit | null = null;
  const listeners: ((exit: ProcessExit) => void)[] = [];
  const end = (exit: ProcessExit) => {
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
