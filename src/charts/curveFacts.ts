import type { RunRow } from '../contract/run.ts';
import type { LearningCurve } from './learningCurve.ts';

/** What names and scales a curve of a run, whatever it is a curve of. */
export function curveFacts(run: RunRow, name: string): Omit<LearningCurve, 'steps' | 'values'> {
  return {
    runId: run.id,
    name,
    version: run.network.version,
    depth: run.network.depth,
    seed: run.recipe.seed,
    stepsPerEpoch: Math.max(1, run.stepsPerEpoch),
    batchSize: run.recipe.batchSize,
    stepMs: run.lastStep > 0 ? run.elapsedMs / run.lastStep : null,
    changes: changesOf(run),
  };
}

function changesOf({ parent, rateChanges }: RunRow) {
  const forked = parent === null ? [] : [{ step: parent.step, label: 'forked' }];
  return [
    ...forked,
    ...rateChanges.map(({ firstStep, learningRate }) => ({ step: firstStep, label: `rate ${learningRate}` })),
  ];
}
