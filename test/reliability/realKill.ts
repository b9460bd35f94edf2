import { existsSync, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunRow } from '../../src/contract/run.ts';
import { checkpointFolder } from '../../src/host/folders.ts';
import { openStore } from '../../src/store/open.ts';
import { childrenOf, isAlive, timeToEnd } from '../crash/processes.ts';
import { databaseOf, joinApplication, startCommand, untilRun } from './application.ts';
import { checkStore } from './checkStore.ts';
import { createRandom, type Random } from './random.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';
import type { Ledger } from './writerOptions.ts';

/** With rollbacks allowed a checkpoint is written after every epoch, here of 6 steps. */
const TRAIN = [
  'train',
  '--arch',
  'resnet_v2_8',
  '--batch-size',
  '64',
  '--epochs',
  '2000',
  '--rollbacks',
  '1',
  '--json',
];
const RUN = 1;
const VICTIMS = ['trainer', 'application', 'both'] as const;
const MAX_WAIT_MS = 1500;
const MAX_STATE_MS = 2000;
const MAX_ORPHAN_MS = 5000;

/** A checkpoint that is being written, if one comes soon. */
async function checkpointBegins(folder: string): Promise<void> {
  const checkpoints = checkpointFolder(databaseOf(folder), RUN);
  if (!existsSync(checkpoints)) return;
  const over = new AbortController();
  await Promise.race([
    new Promise<void>((resolve) => {
      watch(checkpoints, { signal: over.signal }, (_event, name) => {
        if (name?.endsWith('.partial') === true) resolve();
      });
    }),
    sleep(2000),
  ]);
  over.abort();
}

interface Death {
  readonly confirmed: number;
  readonly stateMs: number;
  readonly orphanMs: number;
  readonly wrong: readonly string[];
}

/** Trains, or goes on with, the one run in a folder, kills the victim at a random moment and looks at what is left. */
async function die(folder: string, turn: number, random: Random, starts: boolean): Promise<Death> {
  const wrong: string[] = [];
  const application = startCommand(folder, ...(turn === 1 ? TRAIN : ['runs', 'resume', String(RUN), '--json']));
  const { api } = await joinApplication(folder);
  const before = turn === 1 ? 0 : (await api['runs.get']({ id: RUN })).run.lastStep;
  const first = await untilRun(api, RUN, ({ state, lastStep }) => state === 'running' && lastStep > 0);
  let confirmed = first.lastStep;
  api['runs.watch'](
    {},
    (rows) => {
      for (const { lastStep } of rows) confirmed = Math.max(confirmed, lastStep);
    },
    () => undefined,
  );
  const [trainer] = childrenOf(application.child.pid!);
  if (turn % 4 === 0) await checkpointBegins(folder);
  else await sleep(random.fraction() * MAX_WAIT_MS);
  const victim = VICTIMS[turn % VICTIMS.length]!;
  const killedAt = performance.now();
  if (victim !== 'application') process.kill(trainer!, 'SIGKILL');
  if (victim !== 'trainer') process.kill(application.child.pid!, 'SIGKILL');
  const { signal, stdout } = await application.ended;
  const endedMs = performance.now() - killedAt;
  const orphanMs = isAlive(trainer!) ? await timeToEnd(trainer!, MAX_ORPHAN_MS) : 0;
  if (victim === 'trainer' && signal !== null) wrong.push('the application did not outlive its trainer');
  const { state, stateMs } =
    victim === 'trainer'
      ? { state: (JSON.parse(stdout) as { status: string }).status, stateMs: endedMs }
      : starts
        ? await stateAtNextStart(folder)
        : { state: storedState(folder), stateMs: 0 };
  if (state !== 'interrupted') wrong.push(`kill ${turn} of ${victim}: the run is ${state}`);
  const ledger: Ledger = new Map([[RUN, { step: Math.max(before, confirmed), checkpoint: 0 }]]);
  wrong.push(...checkStore(databaseOf(folder), ledger, false).map((what) => `kill ${turn} of ${victim}: ${what}`));
  return { confirmed, stateMs, orphanMs, wrong };
}

async function stateAtNextStart(folder: string): Promise<{ state: string; stateMs: number }> {
  const startedAt = performance.now();
  const { stdout } = await startCommand(folder, 'runs', 'list', '--json').ended;
  const { runs } = JSON.parse(stdout) as { runs: RunRow[] };
  return { state: runs[0]!.state, stateMs: performance.now() - startedAt };
}

/** What the file says before anybody has started again. */
function storedState(folder: string): RunRow['state'] {
  const store = openStore(databaseOf(folder), { readOnly: true });
  const { state } = store.runs.get(RUN);
  store.close();
  return state;
}

async function killForReal({ trials, seed, isOver }: Effort, starts: boolean): Promise<Trials> {
  const random = createRandom(seed);
  return withFolder(async (folder) => {
    const deaths: Death[] = [];
    while (deaths.length < trials && !isOver()) deaths.push(await die(folder, deaths.length + 1, random, starts));
    const most = (of: (death: Death) => number) => Math.max(...deaths.map(of)).toFixed(0);
    return {
      trials: deaths.length,
      broken: deaths.flatMap(({ wrong }) => wrong),
      figures: [
        `up to step ${most(({ confirmed }) => confirmed)}; every step that was trained again had the same bits`,
        `state right within ${MAX_STATE_MS} ms for ${deaths.filter(({ stateMs }) => stateMs <= MAX_STATE_MS).length}, at most ${most(({ stateMs }) => stateMs)} ms: a busy machine takes its time`,
        `an orphaned trainer ended within ${most(({ orphanMs }) => orphanMs)} ms`,
      ],
    };
  });
}

export const realKill: ReliabilityTest = {
  name: 'kill-training',
  promise: 'kill -9 of a trainer, of the application, or of both loses nothing, and the run is interrupted and goes on',
  counts: { short: 6, long: 100 },
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  control: {
    what: 'a file that is read before an application has started again',
    trials: 1,
    run: (effort) => killForReal(effort, false),
  },
  run: (effort) => killForReal(effort, true),
};
