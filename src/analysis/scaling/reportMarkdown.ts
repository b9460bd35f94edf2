import type { StudyReport } from '../../contract/studyReport.ts';
import { formatInterval } from '../figures.ts';
import { fixed, formatMetricWithSpread, typographic } from '../format.ts';
import { METRICS } from '../metrics.ts';
import { dataTitle } from '../published/publishedData.ts';
import { studyFacts } from '../studyFacts.ts';
import { escapeMarkdown, markdownTable } from '../tables/markdown.ts';
import { pText } from './differenceStatistics.ts';
import { BOOTSTRAP_NOTE, FIT_NOTE, PUBLISHED_NOTE, RESOURCES_NOTE, metricNote } from './notes.ts';
import { RESOURCE_METRICS } from './resources.ts';

const OUTCOMES = {
  reproduced: 'reproduced',
  notReproduced: 'not reproduced',
  notComparable: 'not comparable',
} as const;

/** The report as a page: what was asked, the paired table, every test, failures, fits, published figures, costs, versions. */
export function reportMarkdown(report: StudyReport): string {
  const { studyId, name, request, createdAt, metric } = report;
  const facts = studyFacts(request).map((fact) => `- ${escapeMarkdown(fact)}`);
  const note = metricNote(metric);
  const sections: readonly (readonly string[])[] = [
    [`# Study ${studyId}: ${escapeMarkdown(name)}`, '', `Made on ${new Date(createdAt).toISOString().slice(0, 10)}.`],
    ['## What was asked', '', ...facts, '', 'The same study:', '', '```', report.command, '```'],
    [`## ${METRICS[metric].label}`, '', ...(note === '' ? [] : [note, '']), markdownTable(report.table).trimEnd()],
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
  const interval = (range: { low: number; high: number } | null | undefined) =>
    range == null ? '–' : formatInterval(metric, range, true);
  const rows = table.differences.map(({ depth, n, mean, interval: student }, index) => {
    const { bootstrap, test, adjustedP } = differences[index]!;
    return [
      String(depth),
      String(n),
      mean === null ? '–' : formatMetricWithSpread(metric, mean, null),
      interval(student),
      interval(bootstrap?.percentile),
      interval(bootstrap?.bca),
      test === null ? '–' : `t(${test.degrees}) = ${typographic(fixed(test.t, 2))}, p = ${pText(test.p)}`,
      adjustedP === null ? '–' : pText(adjustedP),
    ];
  });
  const heads = [
    'Depth',
    'Pairs',
    'V2 − V1',
    '95 %, Student t',
    '95 %, bootstrap percentile',
    '95 %, bootstrap BCa',
    'Paired t test',
    'p, Holm',
  ];
  return ['## V2 − V1 at each depth', '', ...grid(heads, rows), '', BOOTSTRAP_NOTE, '', `${testsSentence}.`];
}

function failures({ table }: StudyReport): string[] {
  const lines = table.cells.flatMap(({ version, depth, failed, stopped }) =>
    [...failed, ...stopped].map(
      ({ runId, seed, reason }) =>
        `- ${version.toUpperCase()}, ${depth} layers, seed ${seed} (run ${runId}): ${escapeMarkdown(reason)}`,
    ),
  );
  const none = 'Every run that has ended has a result.';
  return ['## Runs without a result', '', ...(lines.length === 0 ? [none] : lines)];
}

function fits({ fits, withoutFit }: StudyReport): string[] {
  const lines = fits.map(
    ({ sentence, n, depths, rSquared, residualStd, isPowerLaw }) =>
      `- ${sentence}. ${isPowerLaw ? 'Power law' : 'Line over ln(depth)'}, ${n} runs at ${depths.join(', ')} layers; R² = ${fixed(rSquared, 3)}, residual standard error ${fixed(residualStd, 3)}${isPowerLaw ? ' of the logarithm' : ''}.`,
  );
  return ['## Against depth', '', ...lines, ...withoutFit.map((sentence) => `- ${sentence}.`), '', FIT_NOTE];
}

function published({ published }: StudyReport): string[] {
  const compared = published.filter(({ points }) => points.length > 0);
  const apart = Map.groupBy(
    published.filter(({ points }) => points.length === 0),
    ({ reason }) => reason ?? '',
  );
  const series = compared.flatMap(({ title, source, caution, points }) => [
    `- **${escapeMarkdown(title)}** (${escapeMarkdown(source)}). ${caution}`,
    ...points.map(
      ({ version, depth, outcome, sentence }) =>
        `  - ${version.toUpperCase()}, ${depth} layers: **${OUTCOMES[outcome]}**. ${sentence}.`,
    ),
  ]);
  const others = [...apart].map(
    ([reason, of]) => `- **not comparable**, ${reason}: ${of.map(({ title }) => escapeMarkdown(title)).join('; ')}.`,
  );
  return ['## Published figures', '', ...series, ...others, '', PUBLISHED_NOTE];
}

function resources({ resources }: StudyReport): string[] {
  const heads = ['Version', 'Depth', 'Runs', 'Parameters', ...RESOURCE_METRICS.map((metric) => METRICS[metric].label)];
  const rows = resources.map(({ version, depth, n, parameters, figures }) => [
    version.toUpperCase(),
    String(depth),
    String(n),
    parameters === null ? '–' : parameters.toLocaleString('en'),
    ...figures.map(({ metric, mean, std }) => (mean === null ? '–' : formatMetricWithSpread(metric, mean, std))),
  ]);
  return ['## Time and memory', '', ...grid(heads, rows), '', RESOURCES_NOTE];
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

function grid(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---:')), ...rows.map(line)];
}
