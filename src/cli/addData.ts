import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import type { DataProgress, DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import type { Api, Dispose } from '../link/rpc.ts';
import { onInterrupt } from './interrupt.ts';
import type { Progress } from './progress.ts';
import { workLines } from './workLines.ts';

/** A stream that adds a data set, such as `data.add`, with its arguments. */
export type Addition = (onValue: (value: DataProgress) => void, onError: (error: Error) => void) => Dispose;

/** Follows a data set's addition to its end, with its progress. Ctrl-C cancels it: what was begun is taken away. */
export function followAddition(start: Addition, progress: Progress): Promise<DataSetInfo> {
  return new Promise((resolve, reject) => {
    const interrupt = onInterrupt(() => end(() => reject(cancelled())));
    const end = (settle: () => void) => {
      interrupt.dispose();
      progress.end();
      // The first value may arrive before `dispose` is known.
      queueMicrotask(() => dispose());
      settle();
    };
    const dispose = start(
      (value) => {
        if (value.type === 'added') end(() => resolve(value.info));
        else progress.show(workLines(value));
      },
      (error) => end(() => reject(error)),
    );
  });
}

/** The data set that `--data` names, or one that is made of the file or folder that it names. */
export async function dataNamed(api: Api, named: string, progress: Progress): Promise<string> {
  if (!looksLikePath(named)) return named;
  const path = resolvePath(named);
  const known = (await api['data.list']({})).find(({ source }) => source === path);
  if (known !== undefined) return known.name;
  const { name } = await followAddition(
    (onValue, onError) => api['data.add']({ source: { kind: 'path', path } }, onValue, onError),
    progress,
  );
  progress.say(`Added ${path} as the data set "${name}".`);
  return name;
}

/** A name has no separators; a folder of that name here is meant only where it is written as one, `./cifar10`. */
function looksLikePath(text: string): boolean {
  return /[\\/.]/.test(text) && existsSync(text);
}

function cancelled(): UserError {
  return new UserError({ code: 'failed', message: 'Cancelled; no data set was added' });
}
