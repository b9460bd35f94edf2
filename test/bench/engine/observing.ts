import { fileURLToPath } from 'node:url';
import { SHORTEST_INTERVAL } from '../../../src/analysis/observedSteps.ts';
import type { BenchRow } from '../row.ts';
import { toArguments, type Load } from './load.ts';
import { inTurns, startPeer } from './peer.ts';

const graphWorker = fileURLToPath(new URL('./graphWorker.ts', import.meta.url));

/** What observed steps cost a long run that chooses them by itself at the shortest interval. */
export async function costOfObserving(load: Load, rounds: number, stepsPerRound: number): Promise<BenchRow[]> {
  const peers = [
    await startPeer('observed', process.execPath, [graphWorker, ...toArguments({ ...load, observes: true })]),
    await startPeer('plain', process.execPath, [graphWorker, ...toArguments(load)]),
  ];
  try {
    const times = await inTurns(peers, rounds, stepsPerRound);
    const [observed, plain] = [times.get('observed')!, times.get('plain')!];
    return [
      {
        name: `ResNet-${load.depth} V2, batch ${load.batchSize}: cost of observed steps, every ${SHORTEST_INTERVAL}th`,
        value: ((observed / plain - 1) * 100) / SHORTEST_INTERVAL,
        unit: '% of a step',
        note: `${observed.toFixed(1)} ms observed, ${plain.toFixed(1)} ms not`,
      },
    ];
  } finally {
    for (const peer of peers) await peer.stop();
  }
}
