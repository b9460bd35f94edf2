import { availableParallelism, totalmem } from 'node:os';
import { UserError } from '../../contract/errors.ts';
import type { Handlers } from '../../link/rpc.ts';
import { trainingDevice } from '../device.ts';
import { APPLICATION_VERSION } from '../version.ts';
import type { HandlerContext } from './context.ts';

type ApplicationMethods = 'application.info' | 'application.status' | 'application.showDatabase';

const COPY = 'You see a copy of it, as it was when it was opened.';

export function applicationHandlers({
  options,
  readOnlyBecause,
  store,
  live,
  status,
}: HandlerContext): Pick<Handlers, ApplicationMethods> {
  return {
    'application.info': () => ({
      version: APPLICATION_VERSION,
      shell: options.shell,
      capabilities: options.capabilities,
      databaseFile: store.file,
      readOnly: readOnlyBecause === null ? null : [`${readOnlyBecause}.`, ...(store.isCopy ? [COPY] : [])].join(' '),
      device: trainingDevice(),
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      versions: versions(),
    }),
    'application.status': async function* (_arguments, signal) {
      const changes = live.changes('status', signal);
      yield status.read();
      for await (const change of changes) if (change.size > 0) yield status.read();
    },
    'application.showDatabase': () => {
      if (!options.capabilities.showInFolder) {
        throw new UserError({
          code: 'unavailable',
          message: 'Files are shown in a file manager by the desktop application only',
          hint: `The database is ${store.file}`,
        });
      }
      options.showFile(store.file);
      return null;
    },
  };
}

function versions(): { name: string; value: string }[] {
  // Outside Electron some of them are missing.
  const all: Readonly<Record<string, string | undefined>> = process.versions;
  const found = ['electron', 'chrome', 'node', 'v8'].flatMap((name) => {
    const value = all[name];
    return value === undefined ? [] : [{ name, value }];
  });
  return [{ name: 'depthlab', value: APPLICATION_VERSION }, ...found];
}
