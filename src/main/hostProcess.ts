import { MessageChannelMain, utilityProcess, type MessagePortMain } from 'electron';
import type { UserErrorData } from '../contract/errors.ts';
import type { FromHostProcess, News, OverallProgress, ToHostProcess } from '../host/electronMessages.ts';
import { keepLastWords } from '../host/lastWords.ts';
import type { Program } from '../host/launcher.ts';
import { createProcessForks } from './processForks.ts';

/** How long a host may take to stop its trainers and close the store. */
const CLOSE_MS = 15_000;

export interface HostProcessOptions {
  readonly hostFile: string;
  readonly programs: Readonly<Record<Program, string>>;
  readonly databaseFile: string;
  readonly resourcesFolder: string;
  readonly onOpened: () => void;
  /** The store cannot be opened; the process has ended. */
  readonly onRefused: (error: UserErrorData) => void;
  /** It ended without being asked to. */
  readonly onDied: (lastWords: readonly string[]) => void;
  readonly onShowFile: (file: string) => void;
  readonly onProgress: (progress: OverallProgress | null) => void;
  readonly onNews: (news: News) => void;
}

export interface HostProcess {
  /** Makes a channel to the host and returns the window's end of it. */
  connectWindow(): MessagePortMain;
  /** Tells the host of a file or folder that the user chose. */
  announcePicked(handle: string, path: string): void;
  /** Runs that would end with it: those that train, rest in memory or wait. */
  readonly busyRuns: number;
  /** Resolves when the trainers have written their checkpoints and the store is closed. */
  close(): Promise<void>;
}

/** The host in a utility process of its own: a crash in SQLite cannot take the window down. */
export function startHostProcess(options: HostProcessOptions): HostProcess {
  const child = utilityProcess.fork(options.hostFile, [], {
    serviceName: 'Depthlab host',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const tell = (message: ToHostProcess, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  const lastWords = keepLastWords(child.stderr as NodeJS.ReadStream | null);
  const children = createProcessForks(options.programs, tell);
  let expected = false;
  let busyRuns = 0;

  child.on('message', (message: FromHostProcess) => {
    if (message.type === 'launch') children.launch(message.id, message.program);
    else if (message.type === 'kill') children.kill(message.id);
    else if (message.type === 'showFile') options.onShowFile(message.file);
    else if (message.type === 'busy') busyRuns = message.runs;
    else if (message.type === 'progress') options.onProgress(message.progress);
    else if (message.type === 'news') options.onNews(message.news);
    else if (message.type === 'opened') options.onOpened();
    else {
      expected = true;
      if (message.type === 'refused') options.onRefused(message.error);
    }
  });
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => {
      children.killAll();
      busyRuns = 0;
      options.onProgress(null);
      resolve();
      if (!expected) options.onDied(lastWords());
    });
  });
  tell({ type: 'open', databaseFile: options.databaseFile, resourcesFolder: options.resourcesFolder });

  return {
    connectWindow() {
      const { port1, port2 } = new MessageChannelMain();
      tell({ type: 'client' }, [port1]);
      return port2;
    },
    announcePicked: (handle, path) => tell({ type: 'picked', handle, path }),
    get busyRuns() {
      return busyRuns;
    },
    async close() {
      expected = true;
      tell({ type: 'close' });
      const timer = setTimeout(() => child.kill(), CLOSE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
