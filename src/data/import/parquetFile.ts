import { Worker } from 'node:worker_threads';
import { workerFile } from '../workerFile.ts';
import type { FromParquetThread, ParquetFacts, ParquetRow, RowsWanted } from './parquetMessages.ts';
import { refusal } from './refusal.ts';

/** A Parquet file that may be damaged or hostile. */
export interface ParquetFile {
  readonly file: string;
  readonly facts: ParquetFacts;
  /** Rejects with a `UserError` that names the rows. */
  rows(wanted: RowsWanted): Promise<readonly ParquetRow[]>;
  close(): Promise<void>;
}

/**
 * Opens a file. Rejects with a `UserError` where it cannot be read.
 * @param patienceMs how long the footer, or one row group, may take before the file counts as damaged
 */
export async function openParquet(file: string, patienceMs: number): Promise<ParquetFile> {
  const thread = new Worker(workerFile(import.meta.url, 'parquetThread.ts', 'parquetThread.js'), {
    workerData: { file },
    execArgv: [],
    // A damaged file may claim any size.
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  });
  const ask = async (where: string, wanted: RowsWanted | null): Promise<FromParquetThread> => {
    const answer = Promise.withResolvers<FromParquetThread>();
    const fail = (what: string) => answer.reject(refusal(file, `is damaged ${where}: ${what}`, 'Download it again'));
    const listeners = {
      message: (message: FromParquetThread) =>
        message.type === 'failed' ? fail(message.message) : answer.resolve(message),
      error: (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
      exit: () => fail('it cannot be read to its end'),
    };
    for (const [event, listener] of Object.entries(listeners)) thread.once(event, listener);
    const timer = setTimeout(() => fail(`it was not read within ${patienceMs / 1000} s`), patienceMs);
    if (wanted) thread.postMessage(wanted);
    try {
      return await answer.promise;
    } catch (error) {
      await thread.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
      for (const [event, listener] of Object.entries(listeners)) thread.off(event, listener);
    }
  };
  const opened = await ask('at its end, or no Parquet file', null);
  if (opened.type !== 'opened') throw refusal(file, 'is no Parquet file that can be read');
  return {
    file,
    facts: opened.facts,
    rows: async (wanted) => {
      const answer = await ask(`at rows ${wanted.first} to ${wanted.end}`, wanted);
      return answer.type === 'rows' ? answer.rows : [];
    },
    close: async () => {
      await thread.terminate();
    },
  };
}
