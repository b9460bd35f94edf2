import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataReference } from '../../src/contract/data.ts';
import { PICTURE_SIDE, writePictureSet, writePixelSet } from './data/sets.ts';
import { waitingShare } from './data/waiting.ts';
import { mean, median, startPeer, type Peer } from './engine/peer.ts';
import { missingFromPython, python } from './engine/python.ts';
import type { BenchOptions, BenchRow } from './row.ts';

export const name = 'data';

const loaderWorker = fileURLToPath(new URL('./data/loaderWorker.ts', import.meta.url));
const decodeWorker = fileURLToPath(new URL('./data/decodeWorker.ts', import.meta.url));
const torchLoader = fileURLToPath(new URL('./engine/torch_loader.py', import.meta.url));

const OURS = 'this pipeline';
const DECODING = 'decoding alone';
const TORCH = "PyTorch's DataLoader";

const PIXEL_BATCH = 128;
const PICTURE_BATCH = 50;
/** Batches that a loader has ready when its turn comes. */
const LEAD = 8;
/** Images after which a process's memory is taken as settled. */
const SETTLED = 20_000;

/** One way of making batches. */
interface Load {
  readonly title: string;
  readonly folder: string;
  readonly workers: number;
  readonly batchSize: number;
}

/** Batches of pixels and of pictures, what a training step waits for them, and how much memory they take. */
export async function run({ quick }: BenchOptions): Promise<BenchRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'depthlab-bench-'));
  const folderOf = (set: string) => {
    const folder = join(root, set);
    mkdirSync(folder);
    return folder;
  };
  try {
    const pixels = writePixelSet(folderOf('pixels'), 50_000);
    const pictures = await writePictureSet(folderOf('pictures'), quick ? 100 : 1000);
    const many = quick ? pixels : writePixelSet(folderOf('many'), 200_000);
    const pixelLoad = { title: 'pixels 32x32x3, crop and flip', folder: pixels.folder, batchSize: PIXEL_BATCH };
    const pictureLoad = {
      title: `JPEGs of 500x375, random crops to ${PICTURE_SIDE}`,
      folder: pictures.folder,
      batchSize: PICTURE_BATCH,
    };
    return [
      await ownSpeed({ ...pixelLoad, workers: 1 }, quick ? 100 : 780),
      await waitingShare(pixels, quick ? 5 : 100),
      ...(await besideDecoding({ ...pictureLoad, workers: 1 }, quick ? 1 : 6, quick ? 2 : 6)),
      await growth(many),
      ...(await besideTorch({ ...pixelLoad, workers: 2 }, quick ? 1 : 5, quick ? 40 : 200)),
      ...(await besideTorch({ ...pictureLoad, workers: 2 }, quick ? 1 : 5, quick ? 2 : 10)),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function ownSpeed(load: Load, batches: number): Promise<BenchRow> {
  const peer = await startOurs(load);
  try {
    await peer.step(LEAD);
    const ms = mean(await peer.step(batches));
    return {
      name: titleOf(load),
      value: rate(load.batchSize, ms),
      unit: 'images/s',
      note: `mean of ${batches} batches`,
    };
  } finally {
    await peer.stop();
  }
}

/** One worker beside its decoder alone on the same files whole, one after another; the CPU time is what one core takes. */
async function besideDecoding(load: Load, rounds: number, batches: number): Promise<BenchRow[]> {
  const decoding = await start(DECODING, [process.execPath, decodeWorker, join(load.folder, 'pictures')]);
  const turn = () => costsOf(decoding, batches * load.batchSize, 1);
  return beside(load, { peer: decoding, turn }, rounds, batches);
}

/** As many workers of PyTorch on the same files. */
async function besideTorch(load: Load, rounds: number, batches: number): Promise<BenchRow[]> {
  const missing = missingFromPython('torchvision');
  if (missing !== null) return [{ name: titleOf(load), value: NaN, unit: 'images/s', note: missing }];
  const torch = await start(TORCH, [python, torchLoader, ...wordsOf(load)]);
  return beside(load, { peer: torch, turn: () => turnOf(torch, load, batches) }, rounds, batches);
}

/** This pipeline and another way, in turns: speed, and CPU time, which other work on the machine changes less. */
async function beside(load: Load, other: Other, rounds: number, batches: number): Promise<BenchRow[]> {
  const ours = await startOurs(load);
  const measured: [Costs[], Costs[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1) {
      measured[0].push(await turnOf(ours, load, batches));
      measured[1].push(await other.turn());
    }
  } finally {
    await ours.stop();
    await other.peer.stop();
  }
  const [own, theirs] = measured.map((costs) => ({
    ms: median(costs.map(({ ms }) => ms)),
    cpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
  })) as [Costs, Costs];
  const { name: peer } = other.peer;
  return [
    {
      name: titleOf(load),
      value: 1000 / own.ms,
      unit: 'images/s',
      ratioTo: { name: peer, value: theirs.ms / own.ms },
      note: `${peer}: ${(1000 / theirs.ms).toFixed(0)} images/s; medians of ${rounds} turns of ${batches} batches`,
    },
    {
      name: `${titleOf(load)}: CPU time of an image`,
      value: own.cpuMs,
      unit: 'ms',
      ratioTo: { name: peer, value: own.cpuMs / theirs.cpuMs },
      note: `${peer}: ${theirs.cpuMs.toFixed(3)} ms`,
    },
  ];
}

interface Other {
  readonly peer: Peer;
  readonly turn: () => Promise<Costs>;
}

/** Of one image. */
interface Costs {
  readonly ms: number;
  readonly cpuMs: number;
}

/** A turn begins with what was made ahead, which is not counted. */
async function turnOf(peer: Peer, { batchSize }: Load, batches: number): Promise<Costs> {
  await peer.step(LEAD);
  return costsOf(peer, batches, batchSize);
}

async function costsOf(peer: Peer, steps: number, imagesPerStep: number): Promise<Costs> {
  const before = peer.cpuMs();
  const ms = mean(await peer.step(steps)) / imagesPerStep;
  return { ms, cpuMs: (peer.cpuMs() - before) / (steps * imagesPerStep) };
}

/** By how much the memory of a process grows within an epoch of pixels, once it has settled. */
async function growth({ folder, info: { trainImages: images } }: DataReference): Promise<BenchRow> {
  const peer = await startOurs({ title: '', folder, workers: 1, batchSize: PIXEL_BATCH });
  try {
    const settledBatches = Math.ceil(SETTLED / PIXEL_BATCH);
    await peer.step(settledBatches);
    const settled = peer.nowBytes();
    await peer.step(Math.ceil(images / PIXEL_BATCH) - settledBatches);
    return {
      name: `an epoch of ${images} pixel images: growth of memory after the first ${SETTLED}`,
      value: (peer.nowBytes() - settled) / 1e6,
      unit: 'MB',
      note: `of ${(settled / 1e6).toFixed(0)} MB`,
    };
  } finally {
    await peer.stop();
  }
}

function startOurs(load: Load): Promise<Peer> {
  return start(OURS, [process.execPath, loaderWorker, ...wordsOf(load)]);
}

function start(name: string, [command = '', ...words]: readonly string[]): Promise<Peer> {
  return startPeer(name, command, words);
}

function wordsOf({ folder, workers, batchSize }: Load): string[] {
  return ['--folder', folder, '--workers', String(workers), '--batch-size', String(batchSize)];
}

function titleOf({ title, workers, batchSize }: Load): string {
  return `${title}, batch ${batchSize}, ${workers} worker${workers === 1 ? '' : 's'}`;
}

function rate(batchSize: number, batchMs: number): number {
  return (batchSize * 1000) / batchMs;
}
