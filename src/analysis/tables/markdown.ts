import type { StudyTable } from '../../contract/study.ts';
import { formatMetricWithSpread } from '../format.ts';
import { METRICS } from '../metrics.ts';
import { countText, FIGURES_NOTE, pairedRows } from './pairedRows.ts';

/** GitHub-flavoured Markdown; the best mean of each depth is bold. */
export function markdownTable(table: StudyTable): string {
  const { versions, hasDifference, rows } = pairedRows(table);
  const heads = ['Depth', ...versions.map((version) => version.toUpperCase()), ...(hasDifference ? ['V2 − V1'] : [])];
  const value = (mean: number | null, std: number | null, count: string, bold: boolean): string => {
    if (mean === null) return `– ${count}`;
    const text = formatMetricWithSpread(table.metric, mean, std);
    return `${bold ? `**${text}**` : text} ${count}`;
  };
  const body = rows.map(({ depth, cells, difference, best }) => [
    String(depth),
    ...cells.map((cell) =>
      cell === null
        ? '–'
        : value(cell.mean, cell.std, countText(cell.n, cell.failed.length), best.includes(cell.version)),
    ),
    ...(hasDifference
      ? [difference === null ? '–' : value(difference.mean, difference.std, countText(difference.n, 0), false)]
      : []),
  ]);
  const verdicts = table.differences.map(({ depth, verdict }) => `- Depth ${depth}: ${verdict}.`);
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
