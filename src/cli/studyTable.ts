import { METRICS } from '../analysis/metrics.ts';
import { pairedRows } from '../analysis/tables/pairedRows.ts';
import type { StudyCell, StudyTable } from '../contract/study.ts';
import { table } from './format.ts';

/** The paired table for a terminal: one row a depth, `mean ± std (n)` a series, and what the differences allow to be said. */
export function studyTableText(study: StudyTable): string {
  const { series, comparisons, rows } = pairedRows(study);
  const { label, scale } = METRICS[study.metric];
  const body = rows.map(({ depth, cells, differences }) => [
    String(depth),
    ...cells.map((cell) => cellText(cell, scale)),
    ...differences.map((difference) => spread(difference, scale)),
  ]);
  const names = comparisons.map((compared) => `${compared.series.label} - ${compared.against.label}`);
  const verdicts = rows.flatMap(({ depth, differences }) =>
    differences.flatMap((difference, index) => {
      if (difference === null) return [];
      return [`${depth} layers${comparisons.length > 1 ? `, ${names[index]}` : ''}: ${difference.verdict}`];
    }),
  );
  return [
    `study ${study.studyId}  ${study.name}`,
    `${label}: mean ± standard deviation (runs)`,
    '',
    table(['depth', ...series.map((head) => head.label), ...names], body),
    '',
    ...verdicts,
  ].join('\n');
}

function cellText(cell: StudyCell | null, scale: number): string {
  if (!cell) return '-';
  const failed = cell.failed.length === 0 ? '' : `, ${cell.failed.length} failed`;
  return `${spread(cell, scale)}${failed}`;
}

function spread(of: { mean: number | null; std: number | null; n: number } | null, scale: number): string {
  if (of?.mean == null) return `- (${of?.n ?? 0})`;
  const deviation = of.std === null ? '' : ` ± ${(scale * of.std).toFixed(2)}`;
  return `${(scale * of.mean).toFixed(2)}${deviation} (${of.n})`;
}
