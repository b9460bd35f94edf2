import { setTimeout as sleep } from 'node:timers/promises';
import { CLOSING_REASONS } from '../contract/closing.ts';
import { contract } from '../contract/contract.ts';
import { isUnderWay } from '../contract/runState.ts';
import type { Channel } from '../link/channel.ts';
import { serve, type Caller } from '../link/rpc.ts';
import type { ToClient } from '../link/wire.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { createDataJobs } from './dataJobs.ts';
import { createDataLibrary } from './dataLibrary.ts';
import { createHandlers } from './handlers/index.ts';
import { patient } from './handlers/patient.ts';
import { refusingWrites } from './handlers/refusingWrites.ts';
import { createHealthReader } from './health.ts';
import { announceRun, createLive } from './live.ts';
import type { HostOptions } from './options.ts';
import { createQueue } from './queue.ts';
import { retentionVariables, settingsInEffect } from './retention.ts';
import { createSearches } from './search.ts';
import { createStatusBoard } from './status.ts';
import { LOCK_WAIT_MS } from './storeTrouble.ts';
import { removeStrayCheckpoints } from './strayCheckpoints.ts';
import { createSupervisor } from './supervisor.ts';

/** How long trainers may take to write a checkpoint when the application closes: all is to be over within 10 s of a SIGTERM. */
const STOP_MS = 8000;
/** How long the verdicts on runs that have just ended may take; one that takes longer is found when it is asked for. */
const LAST_VERDICTS_MS = 500;
/** How long clients may take to hear how it ended. */
const LAST_WORD_MS = 500;
/** How long each last write waits for another program's lock. */
const CLOSING_WAIT_MS = 5000;

export interface Host {
  /** Answers a client until its channel closes. */
  serve(channel: Channel<unknown, ToClient>, caller?: Caller): void;
  /** Runs that train or wait. */
  busyRuns(): number;
  /** Called whenever `busyRuns` may have changed. */
  onBusyChange(listener: () => void, signal: AbortSignal): void;
  /** Whether another program has written to a file that is open for reading only (store/store.ts). */
  isStale(): boolean;
  /** Stops the trainers with a checkpoint, ends what waits, closes the store. */
  close(): Promise<void>;
}

/**
 * The application without a window. Whoever calls this owns the database file (store/ownership.ts), and runs that a dead owner
 * left behind are `interrupted` from now on; or it is open for reading only, for the reason given, and stays as it is.
 */
export function createHost(options: HostOptions, readOnlyBecause: string | null = null): Host {
  // Refused before anything is opened, where they say nothing sensible.
  retentionVariables();
  const store = openStore(options.databaseFile, {
    readOnly: readOnlyBecause !== null,
    nativeBinding: process.env['DEPTHLAB_SQLITE_BINDING'],
  });
  if (!store.readOnly) endLeftovers(store);
  store.waitForLocks(LOCK_WAIT_MS);
  const data = createDataLibrary(store, options.resourcesFolder);
  const live = createLive();
  const status = createStatusBoard(live, () => ({ store, queue, supervisor }));
  const health = createHealthReader(store);
  /** Verdicts on runs that have ended, which are kept as they are found. */
  const judging = new Set<Promise<unknown>>();
  const judge = (runId: number) => {
    // Whoever asks for the verdict hears why there is none.
    const verdict = health
      .read(runId)
      .catch(() => undefined)
      .finally(() => judging.delete(verdict));
    judging.add(verdict);
  };
  const supervisor = createSupervisor({
    store,
    live,
    launcher: options.launcher,
    data,
    retention: () => settingsInEffect(store.settings.get()),
    onNotice: status.setNotice,
    onEnd: judge,
  });
  const queue = createQueue(store, supervisor);
  const searches = createSearches({ store, data, live, queue });
  const dataJobs = createDataJobs({ store, live, launcher: options.launcher });
  const context = {
    options,
    readOnlyBecause,
    store,
    data,
    dataJobs,
    live,
    queue,
    supervisor,
    searches,
    status,
    health,
  };
  const all = createHandlers(context);
  const handlers = readOnlyBecause === null ? patient(all, store) : refusingWrites(all, store, readOnlyBecause);
  let closing: Promise<void> | null = null;

  const endRuns = async () => {
    store.waitForLocks(CLOSING_WAIT_MS);
    for (const run of store.runs.list().filter((one) => isUnderWay(one) && one.state !== 'stopping')) {
      const waits = run.state === 'queued';
      announceRun(live, store.runs.requestStop(run.id, waits ? CLOSING_REASONS.leftTheQueue : CLOSING_REASONS.stopped));
    }
    await supervisor.stopAll(CLOSING_REASONS.stopped, STOP_MS);
    for (const run of store.runs.markInterrupted('Depthlab was closed while it trained')) announceRun(live, run);
    for (const id of endSearches(store)) live.announce('studies', id);
    await Promise.race([Promise.all(judging), sleep(LAST_VERDICTS_MS, undefined, { ref: false })]);
  };

  const shutDown = async () => {
    queue.close();
    searches.close();
    if (!store.readOnly) await endRuns();
    status.close();
    await live.close(LAST_WORD_MS);
    store.close();
  };

  return {
    serve: (channel, caller) => serve(contract, handlers, channel, caller),
    busyRuns: () => queue.running() + queue.queued(),
    onBusyChange: (listener, signal) => void watchBusy(live.changes('status', signal), listener),
    isStale: () => store.isStale(),
    close: () => (closing ??= shutDown()),
  };
}

async function watchBusy(changes: AsyncIterable<unknown>, listener: () => void): Promise<void> {
  for await (const change of changes) if (change) listener();
}

/** Nothing trains that nobody asked for since the start: what a dead owner left queued does not start by itself. */
function endLeftovers(store: Store): void {
  store.runs.markInterrupted('Depthlab ended while it trained');
  for (const run of store.runs.queued()) store.runs.requestStop(run.id, CLOSING_REASONS.diedBeforeItsTurn);
  for (const deleted of [false, true]) {
    for (const { id } of store.runs.list({ deleted })) removeStrayCheckpoints(store, id);
  }
  endSearches(store);
}

/** Gives the studies whose searches were open. */
function endSearches(store: Store): number[] {
  const open = store.studies.list().filter(({ request }) => request.search?.isOver === false);
  for (const { id } of open) store.studies.endSearch(id);
  return open.map(({ id }) => id);
}
