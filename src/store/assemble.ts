import { existsSync, statSync } from 'node:fs';
import { UserError } from '../contract/errors.ts';
import { createBin } from './bin.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Context } from './context.ts';
import { createDataSets } from './dataSets.ts';
import { createEnvironment } from './environment.ts';
import { createEpochs } from './epochs.ts';
import { createEvents } from './events.ts';
import { explaining } from './failures.ts';
import { createRunReader } from './runReader.ts';
import { createRateChanges } from './rateChanges.ts';
import { createRuns } from './runs.ts';
import { createSettings } from './settings.ts';
import { createSteps } from './steps.ts';
import type { Reading } from './reading.ts';
import type { Store } from './store.ts';
import { createStudies } from './studies.ts';
import { createVerdicts } from './verdicts.ts';

/**
 * Joins the subjects of an open, migrated database into a store; `reading` where it may only be read. Prepares every statement,
 * so that a missing table shows.
 */
export function assemble(context: Context, reading: Reading | null): Store {
  const { database, file } = context;
  const environment = createEnvironment(context);
  const events = createEvents(context);
  const checkpoints = createCheckpoints(context);
  const epochs = createEpochs(context);
  const steps = createSteps(context, events);
  const rateChanges = createRateChanges(context);
  const verdicts = createVerdicts(context);
  const reader = createRunReader(context, rateChanges);
  const runs = createRuns(context, { reader, checkpoints, environment, epochs, events, rateChanges, steps, verdicts });
  const studies = createStudies(context, reader, runs);
  return {
    file,
    readOnly: reading !== null,
    isCopy: reading?.isCopy ?? false,
    isStale: () => reading?.isStale() ?? false,
    runs,
    studies,
    steps,
    epochs,
    events,
    checkpoints,
    environment,
    verdicts,
    dataSets: createDataSets(context),
    settings: createSettings(context),
    bin: createBin(context),
    bytes: () => sizeOf(file) + sizeOf(`${file}-wal`),
    waitForLocks: (milliseconds) => {
      database.pragma(`busy_timeout = ${milliseconds}`);
    },
    checkpointLog: () =>
      explaining(file, () => {
        const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        return result?.busy === 0;
      }),
    backup: async (target) => {
      if (existsSync(target)) {
        throw new UserError({ code: 'conflict', message: 'There is a file of that name already', where: target });
      }
      await database.backup(target);
    },
    close: () => {
      (reading ?? database).close();
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
