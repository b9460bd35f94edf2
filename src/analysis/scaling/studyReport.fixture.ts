import { parse } from 'valibot';
import type { ReferenceSeries } from '../../contract/reference.ts';
import type { RunRow } from '../../contract/run.ts';
import { StudyRecord } from '../../contract/study.ts';
import type { StudyReport } from '../../contract/studyReport.ts';
import { runRow } from '../runRow.fixture.ts';
import { studyTable } from '../studyTable.ts';
import { studyReport } from './studyReport.ts';

/** The report of a study of these runs, all of one data set. */
export function reportOf(runs: readonly RunRow[], references: readonly ReferenceSeries[] = []): StudyReport {
  const { data, network } = runs[0]!;
  return studyReport({
    study: { id: 4, name: 'a | b', request: parse(StudyRecord, { depths: [network.depth], data }), createdAt: 0 },
    table: studyTable({ studyId: 4, name: 'a | b', metric: 'testAccuracy', images: 360, runs }),
    runs,
    data: undefined,
    references,
    environments: [[{ name: 'device', value: 'CPU' }]],
    applicationVersion: '1.2.3',
  });
}

/** V1 and V2, 20 layers, three seeds, of which V1's last diverged. */
export const fewRuns = (['v1', 'v2'] as const).flatMap((version) =>
  [1, 2, 3].map((seed) => {
    const diverged = version === 'v1' && seed === 3;
    return runRow({
      id: seed + (version === 'v1' ? 0 : 10),
      network: { version, depth: 20, block: 'basic' },
      recipe: { seed },
      state: diverged ? 'diverged' : 'finished',
      reason: diverged ? 'the loss is NaN at step 9 | <b>' : '',
      testAccuracy: 0.9 + seed / 100 + (version === 'v2' ? seed / 500 : 0),
    });
  }),
);
