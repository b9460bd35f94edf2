import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../row.ts';
import { toArguments, type Load } from './load.ts';
import { inTurns, startPeer, type Peer } from './peer.ts';

const graphWorker = fileURLToPath(new URL('./graphWorker.ts', import.meta.url));

/** Activations computed again: time and peak memory over those of keeping them all. */
export async function memoryForTime(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const peers: Peer[] = [];
  try {
    for (const recompute of ['off', 'half', 'quarter'] as const) {
      peers.push(await startPeer(recompute, process.execPath, [graphWorker, ...toArguments({ ...load, recompute })]));
    }
    const times = await inTurns(peers, rounds, stepsPerRound);
    const [all, ...sparing] = peers as [Peer, ...Peer[]];
    return sparing.flatMap((peer): BenchRow[] => {
      const title = `ResNet-${load.depth} V2, batch ${load.batchSize}, recompute ${peer.name}`;
      const ratioTo = (value: number) => ({ name: 'keeping all', value });
      const [ms, allMs] = [times.get(peer.name)!, times.get(all.name)!];
      const [bytes, allBytes] = [peer.peakBytes(), all.peakBytes()];
      const kept = `${(allBytes / 1e9).toFixed(2)} GB keeping all`;
      return [
        { name: `${title}: step`, value: ms, unit: 'ms', ratioTo: ratioTo(ms / allMs), note: `${allMs.toFixed(0)} ms` },
        {
          name: `${title}: peak memory`,
          value: bytes / 1e9,
          unit: 'GB',
          ratioTo: ratioTo(bytes / allBytes),
          note: kept,
        },
      ];
    });
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** bfloat16 against float32, of this engine. */
export async function halfPrecision(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const mixed = [graphWorker, ...toArguments({ ...load, precision: 'bfloat16' })];
  const peers = [
    await startPeer('bfloat16', process.execPath, mixed),
    await startPeer('float32', process.execPath, [graphWorker, ...toArguments(load)]),
  ] as const;
  try {
    const times = await inTurns(peers, rounds, stepsPerRound);
    const title = `ResNet-${load.depth} V2, batch ${load.batchSize}, bfloat16`;
    const rate = (name: string) => (load.batchSize * 1000) / times.get(name)!;
    const [low, whole] = peers.map((peer) => peer.peakBytes()) as [number, number];
    const speed = { name: 'float32', value: rate('bfloat16') / rate('float32') };
    return [
      { name: `${title}: step`, value: rate('bfloat16'), unit: 'images/s', ratioTo: speed },
      { name: `${title}: peak memory`, value: low / 1e9, unit: 'GB', ratioTo: { name: 'float32', value: low / whole } },
    ];
  } finally {
    for (const peer of peers) await peer.stop();
  }
}

/** By how much a process's memory grows over many steps, once it has settled. */
export async function growth(load: Load, steps: number): Promise<BenchRow[]> {
  const peer = await startPeer('this engine', process.execPath, [graphWorker, ...toArguments(load)]);
  try {
    await peer.step(20);
    const settled = peer.nowBytes();
    await peer.step(steps);
    const name = `ResNet-${load.depth} V2, batch ${load.batchSize}: growth of memory over ${steps} steps`;
    return [
      { name, value: (peer.nowBytes() - settled) / 1e6, unit: 'MB', note: `of ${(settled / 1e6).toFixed(0)} MB` },
    ];
  } finally {
    await peer.stop();
  }
}
