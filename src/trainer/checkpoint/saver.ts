import { statfsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { UserError, type UserErrorData } from '../../contract/errors.ts';
import { workerFile } from '../../data/workerFile.ts';
import type { WrittenFile } from './writeFile.ts';

/** Pause before a write that found no space is tried again. */
const RETRY_MS = 2000;
/** Free bytes that a further try leaves to the database, whose own reserve is as large: what that gave up is not for checkpoints. */
const LEFT_TO_DATABASE = 17 * 2 ** 20;

/** What the thread is asked to write. Its parts are handed over, not copied. */
export interface SaveTask {
  readonly folder: string;
  readonly name: string;
  readonly parts: readonly Uint8Array[];
}

/** What the thread answers; where there was no space it hands the parts back. */
export type SaveAnswer =
  | { readonly type: 'written'; readonly file: WrittenFile }
  | { readonly type: 'full'; readonly error: UserErrorData; readonly task: SaveTask }
  | { readonly type: 'failed'; readonly error: UserErrorData };

/** Writes files in a thread of its own, one at a time. */
export interface Saver {
  /**
   * Resolves when the file is whole on the disk. Where there is no space it waits for some, until `giveUp`. Rejects with a
   * `UserError` where the disk refuses for another reason. The parts' memory is gone from the caller.
   */
  save(task: SaveTask): Promise<WrittenFile>;
  /** Why it waits for space; null while it does not. */
  trouble(): string | null;
  /** A save that waits for space fails, as does one that finds none, until the next one starts. */
  giveUp(): void;
  /** Resolves when `trouble` may have changed. */
  changed(): Promise<void>;
  close(): Promise<void>;
}

export function createSaver(): Saver {
  let thread: Worker | null = null;
  let trouble: string | null = null;
  let givenUp = false;
  const isGivenUp = () => givenUp;
  let change = Promise.withResolvers<undefined>();

  const announce = () => {
    change.resolve(undefined);
    change = Promise.withResolvers<undefined>();
  };

  const attempt = (task: SaveTask): Promise<SaveAnswer> => {
    const worker = (thread ??= new Worker(workerFile(import.meta.url, 'saveThread.ts', 'saveThread.js'), {
      execArgv: [],
    }));
    // The process waits for a save, and for no other.
    worker.ref();
    return new Promise<SaveAnswer>((resolve, reject) => {
      const dispose = () => {
        worker.off('message', answered).off('error', failed).off('exit', ended).unref();
      };
      const answered = (answer: SaveAnswer) => {
        dispose();
        resolve(answer);
      };
      const failed = (error: Error) => {
        dispose();
        thread = null;
        reject(error);
      };
      const ended = () => failed(new Error('The thread that writes checkpoints ended by itself'));
      worker.on('message', answered).on('error', failed).on('exit', ended);
      worker.postMessage(task, ownMemory(task.parts));
    });
  };

  /** Until there is space for it, or it is given up. */
  const waitForSpace = async ({ folder, parts }: SaveTask, error: UserErrorData) => {
    trouble = error.message;
    announce();
    const needed = parts.reduce((sum, { length }) => sum + length, LEFT_TO_DATABASE);
    do {
      let timer: NodeJS.Timeout | undefined;
      const pause = new Promise<void>((resolve) => (timer = setTimeout(resolve, RETRY_MS)));
      await Promise.race([pause, change.promise]);
      clearTimeout(timer);
    } while (!isGivenUp() && freeBytes(folder) < needed);
  };

  return {
    async save(task) {
      givenUp = false;
      try {
        for (let left = task; ;) {
          const answer = await attempt(left);
          if (answer.type === 'written') return answer.file;
          if (answer.type === 'failed' || isGivenUp()) throw new UserError(answer.error);
          left = answer.task;
          await waitForSpace(left, answer.error);
        }
      } finally {
        trouble = null;
        announce();
      }
    },
    trouble: () => trouble,
    giveUp: () => {
      givenUp = true;
      announce();
    },
    changed: () => change.promise,
    close: async () => {
      await thread?.terminate();
    },
  };
}

/** The memory that is of one part only, and can be handed over. */
export function ownMemory(parts: readonly Uint8Array[]): ArrayBuffer[] {
  return parts.flatMap(({ buffer, byteLength }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [],
  );
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
