import type { EpochRow, RunRow } from '../../contract/run.ts';
import { runRow } from '../runRow.fixture.ts';
import type { ComparisonSources } from './comparison.ts';

/** Epochs of a run that is evaluated on test images, from the test accuracies; losses are 1 less them. */
export function epochsOf(runId: number, testAccuracies: readonly number[]): EpochRow[] {
  return testAccuracies.map((testAccuracy, index) => ({
    runId,
    epoch: index + 1,
    step: 22 * (index + 1),
    trainLoss: 1 - testAccuracy,
    trainAccuracy: testAccuracy,
    validationLoss: null,
    validationAccuracy: null,
    testLoss: 1 - testAccuracy,
    testAccuracy,
    learningRate: 0.1,
    elapsedMs: 1000 * (index + 1),
  }));
}

/** A run with its test accuracies by epoch. */
export type RunWithEpochs = readonly [run: Parameters<typeof runRow>[0], testAccuracies: readonly number[]];

/** What a comparison of these runs reads; where a run says nothing else, nothing is held out and it trained on `host`. */
export function sourcesOf(members: readonly RunWithEpochs[], hosts: readonly string[] = []): ComparisonSources {
  const runs: RunRow[] = members.map(([run]) => runRow({ ...run, recipe: { validationShare: 0, ...run?.recipe } }));
  return {
    runs,
    epochs: new Map(runs.map(({ id }, index) => [id, epochsOf(id, members[index]![1])])),
    environments: new Map(
      runs.map(({ id }, index) => [
        id,
        [
          { name: 'depthlab', value: '0.1.0' },
          { name: 'host', value: hosts[index] ?? 'one' },
        ],
      ]),
    ),
    studyNames: new Map([[3, 'Depths']]),
  };
}
