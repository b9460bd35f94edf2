import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../src/contract/errors.ts';
import { readOwner, takeOwnership } from '../../src/store/ownership.ts';
import { databaseOf, joinApplication, startCommand } from './application.ts';
import type { Effort, ReliabilityTest, Trials } from './reliabilityTest.ts';
import { withFolder } from './scratch.ts';

const MAX_TAKE_OVER_MS = 10_000;

/** Pids of those that hold a folder's database: one, or none where this process could take it. */
function ownersOf(folder: string, pids: readonly number[]): number[] {
  try {
    takeOwnership(databaseOf(folder), { shell: 'cli' }).release();
    return [];
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'conflict') throw error;
    return pids.filter((pid) => readOwner(databaseOf(folder))?.pid === pid);
  }
}

/** Starts two applications at the same moment, then kills the owner. */
async function startPair(folders: readonly [string, string]): Promise<{ wrong: string[]; takeOverMs: number }> {
  const wrong: string[] = [];
  const pair = folders.map((folder) => startCommand(folder, 'serve', '--json'));
  const pids = pair.map(({ child }) => child.pid!);
  const clients = [];
  for (const folder of folders) clients.push(await joinApplication(folder));
  for (const { api } of clients) await api['runs.list']({});
  // Whoever came second needs a moment to join.
  await sleep(1500);
  const owners = [...new Set(folders)].flatMap((folder) => ownersOf(folder, pids));
  if (owners.length !== 1) wrong.push(`${owners.length} of the two are owners`);
  if (pair.some(({ child }) => child.exitCode !== null)) wrong.push('one of the two ended');
  for (const { close } of clients) close();
  const other = pids.find((pid) => pid !== owners[0])!;
  process.kill(owners[0]!, 'SIGKILL');
  const start = performance.now();
  while (readOwner(databaseOf(folders[0]))?.pid !== other && performance.now() - start < MAX_TAKE_OVER_MS)
    await sleep(50);
  const takeOverMs = performance.now() - start;
  if (takeOverMs >= MAX_TAKE_OVER_MS && folders[0] === folders[1]) wrong.push('nobody took the database over');
  for (const { child } of pair) child.kill('SIGKILL');
  await Promise.all(pair.map(({ ended }) => ended));
  return { wrong, takeOverMs };
}

async function startPairs({ trials, isOver }: Effort, apart: boolean): Promise<Trials> {
  const broken: string[] = [];
  let [made, worstMs] = [0, 0];
  for (; made < trials && !isOver(); made += 1) {
    await withFolder((one) =>
      withFolder(async (other) => {
        const { wrong, takeOverMs } = await startPair([one, apart ? other : one]);
        broken.push(...wrong);
        worstMs = Math.max(worstMs, takeOverMs);
      }),
    );
  }
  return {
    trials: made,
    broken,
    figures: [`after kill -9 of the owner the other had it in at most ${worstMs.toFixed(0)} ms`],
  };
}

export const owners: ReliabilityTest = {
  name: 'owners',
  promise: 'of two applications that start at once on one database, one owns it and the other is its client',
  counts: { short: 1, long: 200 },
  control: { what: 'a database each', trials: 1, run: (effort) => startPairs(effort, true) },
  run: (effort) => startPairs(effort, false),
};
