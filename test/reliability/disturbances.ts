import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunRow } from '../../src/contract/run.ts';
import { childrenOf } from '../crash/processes.ts';
import { databaseOf, joinApplication, startCommand, startWith, untilRun, type StartedCommand } from './application.ts';
import { checkStore } from './checkStore.ts';
import { missingProgram } from './programs.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';

const TRAIN = ['train', '--arch', 'resnet_v2_8', '--batch-size', '256', '--epochs', '9000', '--json'];
const RUN = 1;
const LONG_MS = 60_000;

interface Disturbed {
  readonly folder: string;
  readonly application: StartedCommand;
  readonly isLong: boolean;
}

/** What happens to a training run; it must go on afterwards as if nothing had been. */
interface Disturbance {
  readonly environment?: (folder: string) => Record<string, string>;
  disturb(given: Disturbed): Promise<void>;
  /** Whether what is shown of the run is right. */
  judge(run: RunRow): string[];
}

async function disturb(
  { trials, isOver }: Effort,
  { environment, disturb: happen, judge }: Disturbance,
): Promise<Trials> {
  const broken: string[] = [];
  let made = 0;
  for (; made < trials && !isOver(); made += 1) {
    await withFolder(async (folder) => {
      const application = startWith(environment?.(folder) ?? {}, folder, ...TRAIN);
      const { api, close } = await joinApplication(folder);
      const first = await untilRun(api, RUN, ({ state, lastStep }) => state === 'running' && lastStep > 0);
      // The last trial is the long one.
      await happen({ folder, application, isLong: trials > 5 && made === trials - 1 });
      const goesOn = untilRun(api, RUN, ({ state, lastStep }) => state !== 'running' || lastStep > first.lastStep + 5);
      const { run } = await goesOn.then(() => api['runs.get']({ id: RUN })).catch(() => ({ run: null }));
      if (run?.state !== 'running') broken.push(`the run is ${run?.state ?? 'gone'}: ${run?.reason ?? ''}`);
      close();
      application.child.kill('SIGINT');
      const { stdout } = await application.ended;
      const { steps } = JSON.parse(stdout) as { steps: number };
      const { run: ended } = JSON.parse(
        (await startCommand(folder, 'runs', 'show', String(RUN), '--json').ended).stdout,
      ) as { run: RunRow };
      broken.push(...judge(ended));
      const ledger = new Map([[RUN, { step: steps, checkpoint: steps }]]);
      broken.push(...checkStore(databaseOf(folder), ledger, false));
    });
  }
  return { trials: made, broken, figures: [] };
}

const trainerOf = ({ application }: Disturbed) => childrenOf(application.child.pid!)[0]!;

const stopped: Disturbance = {
  async disturb(given) {
    process.kill(trainerOf(given), 'SIGSTOP');
    await sleep(given.isLong ? LONG_MS : 2000);
    process.kill(trainerOf(given), 'SIGCONT');
  },
  judge: () => [],
};

const killed: Disturbance = {
  disturb: (given) => Promise.resolve(void process.kill(trainerOf(given), 'SIGKILL')),
  judge: () => [],
};

export const stop: ReliabilityTest = {
  name: 'stop',
  promise: 'a trainer that stands still (SIGSTOP, as in sleep) is not taken for dead, and no step is lost',
  counts: { short: 1, long: 10 },
  missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
  control: { what: 'a trainer that is killed instead', trials: 1, run: (effort) => disturb(effort, killed) },
  run: (effort) => disturb(effort, stopped),
};

const clockFile = (folder: string) => join(folder, 'clock');

/** The clock goes back by a day and then forward by two, for the application and its trainer alike. */
const jumping: Disturbance = {
  environment: (folder) => {
    writeFileSync(clockFile(folder), '+0');
    return {
      LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
      FAKETIME_TIMESTAMP_FILE: clockFile(folder),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  },
  async disturb({ folder }) {
    writeFileSync(clockFile(folder), '+1d');
    await sleep(500);
    writeFileSync(clockFile(folder), '-1d');
    await sleep(500);
  },
  judge: (run) => {
    const isSane = run.elapsedMs > 0 && run.elapsedMs < 600_000;
    return isSane ? [] : [`it is said to have trained for ${run.elapsedMs} ms`];
  },
};

export const clock: ReliabilityTest = {
  name: 'clock',
  promise: 'a clock that jumps by a day, forward and back, changes no duration and no order',
  counts: { short: 1, long: 20 },
  missing: () => missingProgram('faketime'),
  control: {
    what: 'a duration that is taken from the clock',
    trials: 1,
    run: (effort) =>
      disturb(effort, {
        ...jumping,
        judge: (run) => (run.endedAt! >= run.startedAt! ? [] : ['it ended before it began']),
      }),
  },
  run: (effort) => disturb(effort, jumping),
};

const LOCKER = `
  const { default: SQLite } = await import('better-sqlite3');
  const database = new SQLite(process.argv[1]);
  database.pragma('busy_timeout = 5000');
  database.exec('BEGIN IMMEDIATE');
  console.log('locked');
  setTimeout(() => database.exec('COMMIT'), Number(process.argv[2]));
`;

async function lockFor(folder: string, ms: number): Promise<void> {
  const locker: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '-e', LOCKER, databaseOf(folder), String(ms)],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname },
  );
  await once(locker, 'close');
}

export const lock: ReliabilityTest = {
  name: 'lock',
  promise: 'a database that another program holds locked makes training wait, and no step is lost',
  counts: { short: 1, long: 10 },
  control: { what: 'a trainer that is killed instead', trials: 1, run: (effort) => disturb(effort, killed) },
  run: (effort) =>
    disturb(effort, { disturb: ({ folder, isLong }) => lockFor(folder, isLong ? LONG_MS : 6500), judge: () => [] }),
};
