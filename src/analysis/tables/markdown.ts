import type { StudyTable } from '../../contract/study.ts';
import { formatMetricWithSpread } from '../format.ts';
import { METRICS } from '../metrics.ts';
import { comparisonName, countText, FIGURES_NOTE, pairedRows } from './pairedRows.ts';

/** GitHub-flavoured Markdown; the best mean of each depth is bold. */
export function markdownTable(table: StudyTable): string {
  const { series, comparisons, rows } = pairedRows(table);
  const heads = [
    'Depth',
    ...series.map(({ label }) => escapeMarkdown(label)),
    ...comparisons.map((one) => escapeMarkdown(comparisonName(one))),
  ];
  const value = (mean: number | null, std: number | null, count: string, bold: boolean): string => {
    if (mean === null) return `– ${count}`;
    const text = formatMetricWithSpread(table.metric, mean, std);
    return `${bold ? `**${text}**` : text} ${count}`;
  };
  const body = rows.map(({ depth, cells, differences, best }) => [
    String(depth),
    ...cells.map((cell) =>
      cell === null
        ? '–'
        : value(cell.mean, cell.std, countText(cell.n, cell.failed.length), best.includes(cell.series)),
    ),
    ...differences.map((difference) =>
      difference === null ? '–' : value(difference.mean, difference.std, countText(difference.n, 0), false),
    ),
  ]);
  const several = comparisons.length > 1;
  const verdicts = rows.flatMap(({ depth, differences }) =>
    differences.flatMap((difference, index) => {
      if (difference === null) return [];
      const which = several ? `, ${escapeMarkdown(comparisonName(comparisons[index]!))}` : '';
      return [`- Depth ${depth}${which}: ${several ? escapeMarkdown(difference.verdict) : difference.verdict}.`];
    }),
  );
  const lines = [
    `**${escapeMarkdown(table.name)}**: ${METRICS[table.metric].label}`,
    '',
    row(heads),
    row(heads.map(() => '---:')),
    ...body.map(row),
    '',
    FIGURES_NOTE,
    ...(verdicts.length > 0 ? ['', ...verdicts] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text that a user wrote, shown as it stands: no markup, no link, no HTML, no line break. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>$:@.-]/g, '\\$&');
}
