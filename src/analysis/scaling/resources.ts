import type { RunRow } from '../../contract/run.ts';
import type { StudyTable, TableMetric } from '../../contract/study.ts';
import type { CellResources } from '../../contract/studyReport.ts';
import { METRICS } from '../metrics.ts';
import { summarise } from '../seeds.ts';

/** What is counted of a run's cost. */
export const RESOURCE_METRICS = [
  'trainingTime',
  'imagesPerSecond',
  'peakMemory',
] as const satisfies readonly TableMetric[];

/** What the finished runs of each cell took. */
export function cellResources({ cells }: Pick<StudyTable, 'cells'>, runs: readonly RunRow[]): CellResources[] {
  return cells.map(({ series, depth, runIds }) => {
    const finished = runs.filter(({ id, state }) => state === 'finished' && runIds.includes(id));
    return {
      series,
      depth,
      n: finished.length,
      parameters: runs.find(({ id }) => runIds.includes(id))?.parameters ?? null,
      figures: RESOURCE_METRICS.map((metric) => ({
        metric,
        ...summarise(finished.flatMap((run) => METRICS[metric].read(run) ?? [])),
      })),
    };
  });
}
