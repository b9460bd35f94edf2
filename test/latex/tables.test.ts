import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/analysis/comparison/comparison.ts';
import { comparisonTable } from '../../src/analysis/comparison/comparisonTable.ts';
import { RUN_QUANTITIES, runQuantities } from '../../src/analysis/runTable/columns.ts';
import { groupRuns } from '../../src/analysis/runTable/groups.ts';
import { tableOfGroups, tableOfRuns } from '../../src/analysis/runTable/tableOfRuns.ts';
import { exportStudyReport } from '../../src/analysis/scaling/exportStudyReport.ts';
import { reportOf } from '../../src/analysis/scaling/studyReport.fixture.ts';
import { runRow } from '../../src/analysis/runRow.fixture.ts';
import { studyTable } from '../../src/analysis/studyTable.ts';
import { arrange } from '../../src/analysis/tables/arrange.ts';
import { TABLE_OPTIONS } from '../../src/analysis/tables/options.ts';
import { tableColumn, type Table } from '../../src/analysis/tables/table.ts';
import { tableOfStudy } from '../../src/analysis/tables/tableOfStudy.ts';
import { writeTable } from '../../src/analysis/tables/writeTable.ts';
import { createReferences } from '../../src/host/references.ts';
import { compile } from './compile.ts';

/** The page of LaTeX's `article`: lines of 345 pt. */
const PAPER_PAGE = '';
const HOSTILE = [
  '\\input{/etc/passwd} \\end{document}',
  '50 % & #1 $x_1^2$ ~ {a} [b] * | "q" `c` <d>',
  '[1ex] starts a row',
  '* starts a row',
  '% not a comment',
  'Zoë Łódź façade – “α ≥ β” ± 2 × 10² → ∞ …',
  '深い残差ネットワーク 🙂 \u202e\u0000\ud800',
  "-- --- '' ,, ?` !`",
];

/** Those with spaces to break a line at. */
const WORDS = HOSTILE.filter((text) => !text.includes('深い'));

const runs = (['v1', 'v2'] as const).flatMap((version) =>
  [8, 20, 110, 1001].flatMap((depth) =>
    [1, 2, 3].map((seed) => {
      const isLost = version === 'v1' && depth === 1001;
      return runRow({
        id: depth * 10 + seed,
        name: HOSTILE[(depth + seed) % HOSTILE.length]!,
        network: { version, depth, block: 'basic' },
        recipe: { seed, learningRate: seed === 1 ? 1e-7 : 0.1 },
        state: isLost ? 'diverged' : seed === 3 && depth === 8 ? 'stopped' : 'finished',
        reason: isLost ? 'The loss is NaN' : '',
        testAccuracy: isLost ? null : 0.9 + seed / 100 + depth / 1e5,
        testLoss: isLost ? Number.NaN : depth === 110 ? 3e16 * seed : seed === 2 ? 1.2e-6 : 0.1 * seed,
        tags: [HOSTILE[seed]!],
      });
    }),
  ),
);
const context = { studyNames: new Map([[3, HOSTILE[1]!]]), health: new Map() };
const study = tableOfStudy(studyTable({ studyId: 3, name: 'Depth on CIFAR-10', metric: 'testAccuracy', runs }));
const named = tableOfStudy(studyTable({ studyId: 4, name: HOSTILE.join(' '), metric: 'testLoss', runs }));
const groupsOfRuns = groupRuns(runs, 'versionAndDepth', context);
const groups = tableOfGroups(
  runQuantities(['version', 'depth', 'testLoss', 'testAccuracy', 'duration']),
  groupsOfRuns,
  context,
);
const everything = tableOfRuns(RUN_QUANTITIES, runs, context);
const long = tableOfRuns(runQuantities(['id', 'name', 'testAccuracy']), Array(20).fill(runs).flat(), context);

function expectClean(samples: readonly string[], page?: string): void {
  const { code, complaints, log } = compile(samples, page);
  expect(complaints).toEqual([]);
  expect(code, log.slice(-2000)).toBe(0);
}

const optionSets = [true, false].flatMap((siunitx) => [
  { ...TABLE_OPTIONS, siunitx },
  { ...TABLE_OPTIONS, siunitx, spread: 'interval', decimals: 1 } as const,
  { ...TABLE_OPTIONS, siunitx, spread: 'none', boldBest: false } as const,
]);

describe('tables in LaTeX', () => {
  it("fit a paper's page: a study, pivoted groups", () => {
    const accuracy = tableOfGroups(runQuantities(['version', 'depth', 'testAccuracy']), groupsOfRuns, context);
    const tables = [study, arrange(accuracy, 'paper')!];
    expectClean(
      tables.map((table) => writeTable(table, 'latex')),
      PAPER_PAGE,
    );
  });

  it.each(optionSets)('compile with siunitx $siunitx, spread $spread, decimals $decimals', (options) => {
    const tables = [study, named, groups, arrange(groups, 'paper')!, arrange(study, 'long')!];
    expectClean(tables.map((table) => writeTable(table, 'latex', options)));
  });

  it('compile with every column there is', () => {
    expectClean([writeTable(everything, 'latex')]);
  });

  it('compile a comparison, of runs and of groups, with its differences', () => {
    const sources = { runs: runs.slice(0, 9), epochs: new Map(), environments: new Map(), ...context };
    const comparisons = [[], ['depth']].map((groupBy) =>
      compareRuns(sources, { groupBy, baseline: [runs[0]!.id], atEpoch: null }),
    );
    expectClean(comparisons.map((one) => writeTable(comparisonTable(one, one.facts, 'latex'), 'latex')));
  });

  it("fit a paper's page: the whole report of a study, with runs without a result and published figures", () => {
    const references = createReferences(resolve(import.meta.dirname, '../../resources'))();
    const cifar = runs.map((run) => ({ ...run, data: 'cifar10', reason: run.reason && WORDS.join(' ') }));
    const report = exportStudyReport(reportOf(cifar, references), 'latex').text;
    for (const part of ['fits', 'published', 'resources', 'failures'])
      expect(report).toContain(`testAccuracy-${part}}`);
    expectClean([report], PAPER_PAGE);
  });

  it('compile where runs are equal and have no spread', () => {
    const equal = runs.map((run) => ({ ...run, testAccuracy: run.network.depth === 8 ? 1 : run.testAccuracy }));
    const table = tableOfStudy(studyTable({ studyId: 5, name: 'Equal', metric: 'testAccuracy', runs: equal }));
    const written = optionSets.map((options) => writeTable(table, 'latex', options));
    expect(written[0]).toContain('100.00 {~(2)}');
    expectClean(written);
  });

  it('break over pages', () => {
    expectClean([writeTable(long, 'latex'), writeTable(long, 'latex', { ...TABLE_OPTIONS, siunitx: false })]);
  });

  it('compile whatever a text is, in any place', () => {
    const texts = fc.sample(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string()), {
      numRuns: 600,
      seed: 1,
    });
    const basic = fc.sample(
      fc.string({ unit: fc.constantFrom(...Array.from('\\{}[]()*%&#$^_~`\'",-<>|!?@=/:. \n1a')) }),
      {
        numRuns: 400,
        seed: 2,
      },
    );
    const table: Table = {
      name: 'any',
      caption: texts.slice(0, 20).join(' '),
      columns: [
        tableColumn({ id: 'a', head: texts[0]!, group: texts[1]!, kind: 'text' }),
        tableColumn({ id: 'b', head: texts[2]!, group: texts[1]!, kind: 'number' }),
      ],
      rows: [...texts, ...basic].map((text, index) => [
        { kind: 'text', text },
        index % 2 === 0 ? { kind: 'number', value: index, decimals: null } : { kind: 'empty', reason: text },
      ]),
      notes: texts.slice(20, 40),
    };
    const short = { ...table, rows: table.rows.slice(0, 30) };
    const samples = [writeTable(table, 'latex'), writeTable(short, 'latex', { ...TABLE_OPTIONS, siunitx: false })];
    const { code, complaints, log } = compile(samples);
    // Without a space in it a text is as long as it is.
    expect(complaints.filter((complaint) => !/^(Over|Under)full/.test(complaint))).toEqual([]);
    expect(code, log.slice(-2000)).toBe(0);
  });

  it('would be refused with a text that is a command', () => {
    const { code } = compile([writeTable(study, 'latex').replace('Depth on', '\\noSuchCommand')]);
    expect(code).not.toBe(0);
  });
});
