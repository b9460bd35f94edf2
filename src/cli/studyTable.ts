import { METRICS } from '../analysis/metrics.ts';
import type { StudyCell, StudyTable } from '../contract/study.ts';
import { table } from './format.ts';

/** The paired table for a terminal: one row a depth, `mean ± std (n)` a version, and what V2 - V1 allows to be said. */
export function studyTableText(study: StudyTable): string {
  const versions = [...new Set(study.cells.map(({ version }) => version))];
  const depths = [...new Set(study.cells.map(({ depth }) => depth))];
  const cellAt = (version: string, depth: number) =>
    study.cells.find((cell) => cell.version === version && cell.depth === depth);
  const differenceAt = (depth: number) => study.differences.find((difference) => difference.depth === depth);
  const { label, scale } = METRICS[study.metric];
  const paired = study.differences.length > 0;

  const rows = depths.map((depth) => [
    String(depth),
    ...versions.map((version) => cellText(cellAt(version, depth), scale)),
    ...(paired ? [spread(differenceAt(depth) ?? null, scale)] : []),
  ]);
  const header = ['depth', ...versions.map((version) => version.toUpperCase()), ...(paired ? ['V2 - V1'] : [])];
  const verdicts = study.differences.map(({ depth, verdict }) => `${depth} layers: ${verdict}`);
  return [
    `study ${study.studyId}  ${study.name}`,
    `${label}: mean ± standard deviation (runs)`,
    '',
    table(header, rows),
    '',
    ...verdicts,
  ].join('\n');
}

function cellText(cell: StudyCell | undefined, scale: number): string {
  if (!cell) return '-';
  const failed = cell.failed.length === 0 ? '' : `, ${cell.failed.length} failed`;
  return `${spread(cell, scale)}${failed}`;
}

function spread(of: { mean: number | null; std: number | null; n: number } | null, scale: number): string {
  if (of?.mean == null) return `- (${of?.n ?? 0})`;
  const deviation = of.std === null ? '' : ` ± ${(scale * of.std).toFixed(2)}`;
  return `${(scale * of.mean).toFixed(2)}${deviation} (${of.n})`;
}
