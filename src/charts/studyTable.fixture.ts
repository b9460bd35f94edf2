import { runRow } from '../analysis/runRow.fixture.ts';
import { studyTable } from '../analysis/studyTable.ts';
import type { StudyTable, TableMetric } from '../contract/study.ts';

/** V1 and V2 at 20 and 110 layers, three seeds each; at 110 layers V1's last seed has diverged. */
export function depthStudy(metric: TableMetric = 'testAccuracy'): StudyTable {
  const accuracy = { v1: { 20: 0.91, 110: 0.92 }, v2: { 20: 0.912, 110: 0.94 } };
  const runs = (['v1', 'v2'] as const).flatMap((version) =>
    ([20, 110] as const).flatMap((depth) =>
      [1, 2, 3].map((seed) => {
        const diverged = version === 'v1' && depth === 110 && seed === 3;
        return runRow({
          id: (version === 'v1' ? 100 : 200) + depth + seed,
          network: { version, depth, block: 'basic' },
          recipe: { seed },
          testAccuracy: accuracy[version][depth] + 0.001 * seed,
          testLoss: 0.3 - 0.01 * seed,
          state: diverged ? 'diverged' : 'finished',
          reason: diverged ? 'the loss is NaN at step 9' : '',
        });
      }),
    ),
  );
  return studyTable({ studyId: 1, name: 'Study', metric, runs });
}
