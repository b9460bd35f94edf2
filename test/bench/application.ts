import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCommand } from './application/command.ts';
import { startInBrowser, startInElectron, type Start } from './application/starts.ts';
import { median } from './engine/peer.ts';
import type { BenchOptions, BenchRow } from './row.ts';

export const name = 'application';

const CLI = resolve(import.meta.dirname, '../../out/main/cli.js');

/** What a user waits for: the application's start, and an epoch of the embedded data. */
export async function run({ quick }: BenchOptions): Promise<BenchRow[]> {
  const rounds = quick ? 1 : 5;
  return [
    ...(await starts('web', 'chromium', process.env['DEPTHLAB_CHROMIUM'], startInBrowser, rounds)),
    ...(await starts('desktop', 'Electron', process.env['DEPTHLAB_ELECTRON'], startInElectron, rounds)),
    ...(await epochs(quick ? [8] : [8, 20, 44])),
  ];
}

/** From the start of the process to the page's first paint, and to the view that answers to the user. */
async function starts(
  shell: string,
  needs: string,
  binary: string | undefined,
  start: (binary: string, folder: string) => Promise<Start>,
  rounds: number,
): Promise<BenchRow[]> {
  if (binary === undefined) {
    return [{ name: `${shell}: start`, value: NaN, unit: 'ms', note: `left out: ${needs} was not found` }];
  }
  const measured: Start[] = [];
  for (let round = 0; round < rounds; round += 1) {
    measured.push(await withFolder((folder) => start(binary, folder)));
  }
  const row = (what: string, read: (one: Start) => number): BenchRow => ({
    name: `${shell}: from the start to ${what}`,
    value: median(measured.map(read)),
    unit: 'ms',
    note: measured.map((one) => read(one).toFixed(0)).join(', '),
  });
  return [
    row('the first paint', ({ firstPaintMs }) => firstPaintMs),
    row('a view to work with', ({ usableMs }) => usableMs),
  ];
}

interface Trained {
  readonly runId: number;
}

interface Shown {
  readonly epochs: readonly { readonly elapsedMs: number }[];
}

/** Training, evaluation and recording of one epoch, as `train` does it; the first epoch, which compiles, is left out. */
async function epochs(depths: readonly number[]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const depth of depths) {
    const ms = await withFolder(async (folder) => {
      const database = ['--db', join(folder, 'bench.db'), '--json'];
      const trained = (await runCommand(CLI, folder, [
        ...['train', '--arch', `resnet_v2_${depth}`, '--data', 'digits', '--epochs', '6', '--batch-size', '64'],
        ...['--validation-share', '0'],
        ...database,
      ])) as Trained;
      const shown = (await runCommand(CLI, folder, ['runs', 'show', String(trained.runId), ...database])) as Shown;
      const ends = shown.epochs.map(({ elapsedMs }) => elapsedMs);
      return median(ends.slice(1).map((end, index) => end - ends[index]!));
    });
    rows.push({ name: `an epoch of digits, ResNet-${depth} V2, batch 64`, value: ms / 1000, unit: 's' });
  }
  return rows;
}

async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
