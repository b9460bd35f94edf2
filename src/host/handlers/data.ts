import type { DataSamples, ImportSource } from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import type { Handlers } from '../../link/rpc.ts';
import { runTask } from '../task.ts';
import type { HandlerContext } from './context.ts';

type DataMethods = 'data.list' | 'data.watch' | 'data.get' | 'data.samples' | 'data.add' | 'data.fetch' | 'data.remove';

export function dataHandlers({ options, data, dataJobs, live }: HandlerContext): Pick<Handlers, DataMethods> {
  return {
    'data.list': () => data.list(),
    'data.watch': async function* (_arguments, signal) {
      const changes = live.changes('data', signal);
      yield data.list();
      for await (const _change of changes) yield data.list();
    },
    'data.get': ({ name }) => data.find(name),
    'data.samples': async ({ name, count, recipe }): Promise<DataSamples> => {
      const reference = data.find(name);
      return runTask(await options.launcher.task(), 'sampleData', {
        data: reference,
        count,
        recipe: recipe ?? null,
      });
    },
    'data.add': async function* ({ source, ...choices }, signal, caller) {
      if (caller === 'page' && (source.kind === 'path' || source.kind === 'url')) throw notFromPage();
      if (source.kind === 'url') yield* dataJobs.addFrom(source.url, choices, signal);
      else {
        const own = source.kind === 'picked' ? await picked(source.handle, options) : source;
        yield* dataJobs.add({ source: own, ...choices }, signal);
      }
    },
    'data.fetch': ({ name, as }, signal) => dataJobs.fetch(name, as, signal),
    'data.remove': ({ name }) => {
      dataJobs.remove(name);
      return null;
    },
  };
}

/** What a handle stands for; only the shell that gave it knows. */
async function picked(handle: string, { pickedPath }: HandlerContext['options']): Promise<ImportSource> {
  const path = await pickedPath(handle);
  if (path !== null) return { kind: 'path', path };
  throw new UserError({ code: 'bad-input', message: 'No file was chosen', where: 'source', hint: 'Choose it again' });
}

function notFromPage(): UserError {
  return new UserError({
    code: 'bad-input',
    message: 'A page may name neither files of this machine nor addresses',
    where: 'source',
    hint: 'Add the data on the command line: depthlab data add PATH',
  });
}
