import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { frame, runningRun } from '../../src/store/records.fixture.ts';
import { openStore } from '../../src/store/open.ts';
import { prepare, toArguments, type Load } from './engine/load.ts';
import { growth, halfPrecision, memoryForTime } from './engine/memory.ts';
import { costOfObserving } from './engine/observing.ts';
import { inTurns, mean, median, startPeer, type Peer } from './engine/peer.ts';
import { missingFromPython, python } from './engine/python.ts';
import type { BenchOptions, BenchRow } from './row.ts';

export const name = 'engine';

const OURS = 'this engine';
const EAGER = 'eager tfjs';
const TORCH = 'PyTorch';
const TORCH_CHANNELS_LAST = 'PyTorch channels_last';

const graphWorker = fileURLToPath(new URL('./engine/graphWorker.ts', import.meta.url));
const eagerWorker = fileURLToPath(new URL('./engine/eagerWorker.ts', import.meta.url));
const partialStepWorker = fileURLToPath(new URL('./engine/partialStepWorker.ts', import.meta.url));
const firstStep = fileURLToPath(new URL('./engine/firstStep.ts', import.meta.url));
const torchStep = fileURLToPath(new URL('./engine/torch_step.py', import.meta.url));

/** Training steps against other engines, what the norms and the gate of the update cost, and how long the deepest network takes to start. */
export async function run({ quick }: BenchOptions): Promise<BenchRow[]> {
  const deepest = { depth: 1001, batchSize: 8 };
  return [
    ...(await throughput({ depth: 20, batchSize: 128 }, quick ? 1 : 6, quick ? 2 : 5)),
    ...(quick ? [] : await throughput({ depth: 110, batchSize: 128 }, 4, 2)),
    ...(await stochasticDepth(quick ? { depth: 20, batchSize: 32 } : { depth: 110, batchSize: 128 }, quick ? 4 : 30)),
    ...(await startUp(deepest, quick ? 1 : 3)),
    ...(await costOfGate({ depth: 20, batchSize: quick ? 32 : 128 }, quick ? 2 : 12, 5)),
    ...(await costOfNorms(quick ? { depth: 20, batchSize: 32 } : deepest, quick ? 2 : 12, quick ? 5 : 2)),
    ...(await costOfObserving({ depth: 20, batchSize: quick ? 32 : 128 }, quick ? 2 : 12, 5)),
    ...(await memoryForTime({ depth: 110, batchSize: quick ? 16 : 128 }, quick ? 1 : 4, 1)),
    ...(quick ? [] : await memoryForTime({ depth: 1001, batchSize: 32 }, 3, 1)),
    ...(await halfPrecision({ depth: 20, batchSize: quick ? 16 : 128 }, quick ? 1 : 4, 2)),
    ...(await growth({ depth: 20, batchSize: 32 }, quick ? 20 : 200)),
  ];
}

/** Images per second and peak memory of each engine on one load, in turns. */
async function throughput(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const title = `ResNet-${load.depth} V2, batch ${load.batchSize}`;
  const started = await startEngines(load);
  try {
    const times = await inTurns(started.peers, rounds, stepsPerRound);
    const rate = (peer: string) => (load.batchSize * 1000) / times.get(peer)!;
    const others = started.peers.slice(1);
    const own = started.peers[0]!;
    const missing = started.missing.map((note): BenchRow => {
      return { name: `${title}: step`, value: rate(OURS), unit: 'images/s', note };
    });
    const speeds = others.map((peer): BenchRow => {
      const ratioTo = { name: peer.name, value: rate(OURS) / rate(peer.name) };
      const note = `${peer.name}: ${rate(peer.name).toFixed(0)} images/s`;
      return { name: `${title}: step`, value: rate(OURS), unit: 'images/s', ratioTo, note };
    });
    const memories = others.map((peer): BenchRow => {
      const ratioTo = { name: peer.name, value: own.peakBytes() / peer.peakBytes() };
      const note = `${peer.name}: ${(peer.peakBytes() / 1e9).toFixed(2)} GB`;
      return { name: `${title}: peak memory`, value: own.peakBytes() / 1e9, unit: 'GB', ratioTo, note };
    });
    return [...speeds, ...memories, ...missing];
  } finally {
    for (const peer of started.peers) await peer.stop();
  }
}

/** The engines that this machine can run, ours first, and a sentence for each that it cannot. */
async function startEngines(load: Load): Promise<{ peers: Peer[]; missing: string[] }> {
  const peers = [await startPeer(OURS, process.execPath, [graphWorker, ...toArguments(load)])];
  const missing: string[] = [];
  // Eager tfjs keeps every intermediate result: about 75 MB for each layer at batch 128.
  const eagerBytes = load.depth * load.batchSize * 600e3;
  if (eagerBytes < totalmem() * 0.6) {
    peers.push(await startPeer(EAGER, process.execPath, [eagerWorker, ...toArguments(load)]));
  } else {
    missing.push(`${EAGER} was left out: it would take ${(eagerBytes / 1e9).toFixed(0)} GB`);
  }
  const noTorch = missingFromPython('torch');
  if (noTorch === null) {
    for (const [peer, layout] of [
      [TORCH, 'default'],
      [TORCH_CHANNELS_LAST, 'channels_last'],
    ] as const) {
      peers.push(await startPeer(peer, python, [torchStep, ...toArguments(load), '--layout', layout]));
    }
  } else {
    missing.push(noTorch);
  }
  return { peers, missing };
}

/** Steps that drop branches, linearly up to half of them, beside whole steps of the plain network. */
async function stochasticDepth(load: Load, rounds: number): Promise<BenchRow[]> {
  const peers = [
    await startPeer('whole', process.execPath, [graphWorker, ...toArguments(load)]),
    await startPeer('dropping', process.execPath, [graphWorker, ...toArguments({ ...load, stochasticDepth: 0.5 })]),
  ];
  try {
    // Each step drops other branches, so that only their mean says what a run takes.
    const times = await inTurns(peers, rounds, 1, mean);
    const [whole, dropping] = [times.get('whole')!, times.get('dropping')!];
    return [
      {
        name: `ResNet-${load.depth} V2, batch ${load.batchSize}: step with stochastic depth to 0.5`,
        value: (dropping / whole) * 100,
        unit: '% of a whole step',
        note: `means of ${rounds} steps: ${dropping.toFixed(0)} ms, ${whole.toFixed(0)} ms whole`,
      },
    ];
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** From the start of a process to its first finished step: compiling, weights, loading, TensorFlow's own compilation. */
async function startUp(load: Load, rounds: number): Promise<BenchRow[]> {
  const seconds: number[] = [];
  let peakBytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const child = spawn(process.execPath, [firstStep, ...toArguments(load)], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    seconds.push((performance.now() - start) / 1000);
    ({ peakBytes } = JSON.parse(answer.toString()) as { peakBytes: number });
    await once(child, 'close');
  }
  const title = `ResNet-${load.depth} V2, batch ${load.batchSize}`;
  return [
    { name: `${title}: process start to first finished step`, value: median(seconds), unit: 's' },
    { name: `${title}: peak memory after it`, value: peakBytes / 1e9, unit: 'GB' },
  ];
}

/** What the norms of all parameter tensors and the global norm add to a step, then clipping by it, then storing them. */
async function costOfNorms(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const peers = [
    await startPeer('clipping', process.execPath, [graphWorker, ...toArguments(load)]),
    await startPeer('norms', process.execPath, [graphWorker, ...toArguments({ ...load, clips: false })]),
    await startPeer('without', process.execPath, [partialStepWorker, ...toArguments(load), '--without', 'norms']),
  ];
  try {
    const times = await inTurns(peers, rounds, stepsPerRound);
    const [withClipping, withNorms, without] = ['clipping', 'norms', 'without'].map((name) => times.get(name)!) as [
      number,
      number,
      number,
    ];
    const storing = storingMs(prepare(load).program.parameters.length);
    const title = `ResNet-${load.depth} V2, batch ${load.batchSize}: cost of all gradient norms`;
    const percent = (ms: number) => (ms / without) * 100;
    const unit = '% of a step';
    return [
      {
        name: title,
        value: percent(withNorms - without),
        unit,
        note: `${withNorms.toFixed(0)} ms with, ${without.toFixed(0)} ms without`,
      },
      {
        name: `${title} and clipping`,
        value: percent(withClipping - without),
        unit,
        note: `${withClipping.toFixed(0)} ms with clipping`,
      },
      {
        name: `${title} with the store`,
        value: percent(withNorms - without + storing),
        unit,
        note: `${storing.toFixed(2)} ms for a synced transaction a step, in a process beside the training`,
      },
    ];
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** What it adds to a step that it changes nothing where its numbers are not finite. */
async function costOfGate(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const peers = [
    await startPeer('with', process.execPath, [graphWorker, ...toArguments(load)]),
    await startPeer('without', process.execPath, [partialStepWorker, ...toArguments(load), '--without', 'gate']),
  ];
  try {
    const times = await inTurns(peers, rounds, stepsPerRound);
    const [withGate, without] = [times.get('with')!, times.get('without')!];
    return [
      {
        name: `ResNet-${load.depth} V2, batch ${load.batchSize}: step with the gate of the update`,
        value: withGate,
        unit: 'ms',
        ratioTo: { name: 'without the gate', value: withGate / without },
        note: `${without.toFixed(1)} ms without`,
      },
    ];
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** Milliseconds to store one step with this many norms, as a frame and a transaction of its own. */
function storingMs(layers: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-bench-'));
  const store = openStore(join(folder, 'store.db'));
  try {
    const { id, attempt } = runningRun(
      store,
      Array.from({ length: layers }, (_, layer) => `layer${layer}`),
    );
    const times = Array.from({ length: 100 }, (_, index) => {
      const sent = frame(index + 1, 1, layers);
      const start = performance.now();
      store.steps.append(id, attempt, sent, 1);
      return performance.now() - start;
    });
    return median(times);
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}
