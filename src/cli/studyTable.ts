import { writtenSpread } from '../analysis/format.ts';
import { METRICS } from '../analysis/metrics.ts';
import { namedDifferences, pairedRows, type Comparison } from '../analysis/tables/pairedRows.ts';
import type { StudyCell, StudyTable } from '../contract/study.ts';
import { table } from './format.ts';

/** The paired table for a terminal: one row a depth, `mean ± std (n)` a series, and what the differences allow to be said. */
export function studyTableText(study: StudyTable): string {
  const paired = pairedRows(study);
  const { series, comparisons, rows } = paired;
  const { label, scale } = METRICS[study.metric];
  const body = rows.map(({ depth, cells, differences }) => [
    String(depth),
    ...cells.map((cell) => cellText(cell, scale)),
    ...differences.map((difference) => spread(difference, scale)),
  ]);
  const verdicts = namedDifferences(paired).map(({ depth, comparison, difference }) => {
    const which = comparison === null ? '' : `, ${plainName(comparison)}`;
    return `${depth} layers${which}: ${difference.verdict}`;
  });
  return [
    `study ${study.studyId}  ${study.name}`,
    `${label}: mean ± standard deviation (runs)`,
    '',
    table(['depth', ...series.map((head) => head.label), ...comparisons.map(plainName)], body),
    '',
    ...verdicts,
  ].join('\n');
}

/** With a hyphen, which every terminal has. */
function plainName({ series, against }: Comparison): string {
  return `${series.label} - ${against.label}`;
}

function cellText(cell: StudyCell | null, scale: number): string {
  if (!cell) return '-';
  const failed = cell.failed.length === 0 ? '' : `, ${cell.failed.length} failed`;
  return `${spread(cell, scale)}${failed}`;
}

function spread(of: { mean: number | null; std: number | null; n: number } | null, scale: number): string {
  if (of?.mean == null) return `- (${of?.n ?? 0})`;
  const std = writtenSpread(of.std);
  const deviation = std === null ? '' : ` ± ${(scale * std).toFixed(2)}`;
  return `${(scale * of.mean).toFixed(2)}${deviation} (${of.n})`;
}
