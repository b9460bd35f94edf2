import type { SeriesId } from '../../contract/series.ts';
import type { StudyReport } from '../../contract/studyReport.ts';
import { formatInterval } from '../figures.ts';
import { fixed, formatMetricWithSpread, typographic } from '../format.ts';
import { METRICS } from '../metrics.ts';
import { OUTCOMES, seriesApart } from '../published/outcomes.ts';
import { dataTitle } from '../published/publishedData.ts';
import { studyFacts } from '../studyFacts.ts';
import { labelOf } from '../studySeries.ts';
import { escapeMarkdown } from '../tables/escapeMarkdown.ts';
import { tableOfStudy } from '../tables/tableOfStudy.ts';
import { writeTable } from '../tables/writeTable.ts';
import { pEquals, pText } from './differenceStatistics.ts';
import { BOOTSTRAP_NOTE, FIT_NOTE, PUBLISHED_NOTE, RESOURCES_NOTE, metricNote } from './notes.ts';
import { RESOURCE_METRICS } from './resources.ts';

/** The report as a page: what was asked, the paired table, every test, failures, fits, published figures, costs, versions. */
export function reportMarkdown(report: StudyReport): string {
  const { studyId, name, request, createdAt, metric } = report;
  const facts = studyFacts(request).map((fact) => `- ${escapeMarkdown(fact)}`);
  const note = metricNote(metric);
  const sections: readonly (readonly string[])[] = [
    [`# Study ${studyId}: ${escapeMarkdown(name)}`, '', `Made on ${new Date(createdAt).toISOString().slice(0, 10)}.`],
    ['## What was asked', '', ...facts, '', 'The same study:', '', '```', ...report.commands, '```'],
    [
      `## ${METRICS[metric].label}`,
      '',
      ...(note === '' ? [] : [note, '']),
      writeTable(tableOfStudy(report.table), 'markdown').trimEnd(),
    ],
    differences(report),
    failures(report),
    fits(report),
    published(report),
    resources(report),
    environment(report),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function differences({ metric, table, differences, testsSentence }: StudyReport): string[] {
  if (table.differences.length === 0) return [];
  const name = (id: SeriesId) => escapeMarkdown(labelOf(table.series, id));
  const interval = (range: { low: number; high: number } | null | undefined) =>
    range == null ? '–' : formatInterval(metric, range, true);
  const rows = table.differences.map(({ series, against, depth, n, mean, interval: student }, index) => {
    const { bootstrap, test, adjustedP } = differences[index]!;
    return [
      `${name(series)} − ${name(against)}`,
      String(depth),
      String(n),
      mean === null ? '–' : formatMetricWithSpread(metric, mean, null),
      interval(student),
      interval(bootstrap?.percentile),
      interval(bootstrap?.bca),
      test === null ? '–' : `t(${test.degrees}) = ${typographic(fixed(test.t, 2))}, p ${pEquals(test.p)}`,
      adjustedP === null ? '–' : pText(adjustedP),
    ];
  });
  const heads = [
    'Difference',
    'Depth',
    'Pairs',
    'Mean',
    '95 %, Student t',
    '95 %, bootstrap percentile',
    '95 %, bootstrap BCa',
    'Paired t test',
    'p, Holm',
  ];
  return [
    '## Differences at each depth',
    '',
    ...grid(heads, rows),
    '',
    BOOTSTRAP_NOTE,
    '',
    `${sentences(table)(testsSentence)}.`,
  ];
}

function failures({ table }: StudyReport): string[] {
  const lines = table.cells.flatMap(({ series, depth, failed, stopped }) =>
    [...failed, ...stopped].map(
      ({ runId, seed, reason }) =>
        `- ${escapeMarkdown(labelOf(table.series, series))}, ${depth} layers, seed ${seed} (run ${runId}): ${escapeMarkdown(reason)}`,
    ),
  );
  const none = 'Every run that has ended has a result.';
  return ['## Runs without a result', '', ...(lines.length === 0 ? [none] : lines)];
}

function fits({ fits, withoutFit, table }: StudyReport): string[] {
  const said = sentences(table);
  const lines = fits.map(
    ({ sentence, n, depths, rSquared, residualStd, isPowerLaw }) =>
      `- ${said(sentence)}. ${isPowerLaw ? 'Power law' : 'Line over ln(depth)'}, ${n} runs at ${depths.join(', ')} layers; R² = ${fixed(rSquared, 3)}, residual standard error ${fixed(residualStd, 3)}${isPowerLaw ? ' of the logarithm' : ''}.`,
  );
  return ['## Against depth', '', ...lines, ...withoutFit.map((sentence) => `- ${said(sentence)}.`), '', FIT_NOTE];
}

function published({ published }: StudyReport): string[] {
  const compared = published.filter(({ points }) => points.length > 0);
  const series = compared.flatMap(({ title, source, caution, points }) => [
    `- **${escapeMarkdown(title)}** (${escapeMarkdown(source)}). ${caution}`,
    ...points.map(
      ({ version, depth, outcome, sentence }) =>
        `  - ${version.toUpperCase()}, ${depth} layers: **${OUTCOMES[outcome]}**. ${sentence}.`,
    ),
  ]);
  const others = seriesApart(published).map(
    ([reason, of]) => `- **not comparable**, ${reason}: ${of.map(({ title }) => escapeMarkdown(title)).join('; ')}.`,
  );
  return ['## Published figures', '', ...series, ...others, '', PUBLISHED_NOTE];
}

function resources({ resources, table }: StudyReport): string[] {
  const heads = ['Series', 'Depth', 'Runs', 'Parameters', ...RESOURCE_METRICS.map((metric) => METRICS[metric].label)];
  const rows = resources.map(({ series, depth, n, parameters, figures }) => [
    escapeMarkdown(labelOf(table.series, series)),
    String(depth),
    String(n),
    parameters === null ? '–' : parameters.toLocaleString('en'),
    ...figures.map(({ metric, mean, std }) => (mean === null ? '–' : formatMetricWithSpread(metric, mean, std))),
  ]);
  return ['## Time and memory', '', ...grid(heads, rows), '', `Mean ± sample standard deviation. ${RESOURCES_NOTE}`];
}

function environment({ environment, applicationVersion, request, studyId, metric }: StudyReport): string[] {
  return [
    '## Made with',
    '',
    `- Depthlab ${applicationVersion}; data set ${escapeMarkdown(dataTitle(request.data))}`,
    ...environment.map(({ name, values }) => `- ${escapeMarkdown(name)}: ${values.map(escapeMarkdown).join('; ')}`),
    '',
    'This report:',
    '',
    '```',
    `npm start -- study report ${studyId} --metric ${metric}`,
    '```',
  ];
}

/** How a sentence is written: with markup taken away where it may name a series that a user called. */
function sentences({ series }: StudyReport['table']): (sentence: string) => string {
  return series.every(({ id }) => id === 'v1' || id === 'v2') ? String : escapeMarkdown;
}

function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---:')), ...rows.map(line)];
}
