import type { RunRow } from '../../contract/run.ts';
import { compareCells } from '../runTable/order.ts';
import { withBaseline } from './baseline.ts';
import { comparisonColumns, type ComparisonColumn } from './columns.ts';
import { factsOf, type Fact, type Section, type Surroundings } from './facts.ts';
import { measuresAt, type Measure } from './measures.ts';
import { resultCells, type EpochsByRun, type ResultCell } from './results.ts';

/** What is asked of a comparison, as an address or a command line says it. */
export interface ComparisonChoice {
  /** Names of facts, or `allButSeed`; a column a run where there is none. Unknown names group nothing. */
  readonly groupBy: readonly string[];
  /** Numbers of runs; empty: none. */
  readonly baseline: readonly number[];
  /** Adds the results of this epoch, counted from 1. */
  readonly atEpoch: number | null;
}

export interface ComparisonSources extends Surroundings {
  /** In the order of the columns; the baseline's too. */
  readonly runs: readonly RunRow[];
  /** Of each run, ascending. */
  readonly epochs: EpochsByRun;
}

export interface Comparison {
  /** The baseline's first. */
  readonly columns: readonly ComparisonColumn[];
  /** The key of the column that all others are compared with. */
  readonly baselineKey: string | null;
  readonly facts: readonly FactRow[];
  readonly results: readonly ResultRow[];
}

/** What the runs of each column are; the cells stand in the order of the columns. */
export interface FactRow extends Pick<Fact, 'id' | 'section' | 'label' | 'unit'> {
  readonly cells: readonly FactCell[];
  /** Whether any two runs differ in it. */
  readonly differs: boolean;
}

export interface FactCell {
  /** What its runs have, each value once and in order; null, the last, where it has no meaning. */
  readonly values: readonly (string | null)[];
  /** What a spreadsheet calculates with, where all runs have this one number. */
  readonly number: number | null;
}

export interface ResultRow extends Omit<Measure, 'read'> {
  readonly section: Extract<Section, 'results'>;
  readonly cells: readonly ResultCell[];
}

/** Runs or groups of runs side by side: what they were asked to be, where they were trained, what came of it. */
export function compareRuns(sources: ComparisonSources, choice: ComparisonChoice): Comparison {
  const { runs, epochs } = sources;
  const facts = factsOf(runs, sources);
  const grouped = comparisonColumns(runs, facts, choice.groupBy);
  const { columns, key } = withBaseline(grouped, runs, choice.baseline);
  return {
    columns,
    baselineKey: key,
    facts: facts.map((fact) => factRow(fact, runs, columns)).filter((row) => isWritten(row) || hasValue(row)),
    results: measuresAt(choice.atEpoch)
      .map((measure) => resultRow(measure, columns, epochs, key))
      .filter(({ cells }) => cells.some(({ values }) => values.length > 0)),
  };
}

function factRow(fact: Fact, runs: readonly RunRow[], columns: readonly ComparisonColumn[]): FactRow {
  const { id, section, label, unit } = fact;
  const cells = columns.map((column) => factCell(fact, column.runs));
  const values = new Set(runs.map(fact.text));
  return { id, section, label, unit, cells, differs: values.size > 1 };
}

function factCell({ text, number }: Fact, runs: readonly RunRow[]): FactCell {
  const values = [...new Set(runs.map(text))].toSorted(byValue);
  const numbers = new Set(runs.map(number));
  const [only = null] = numbers;
  return { values, number: numbers.size === 1 ? only : null };
}

function byValue(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareCells(one, other);
}

/** What users write about runs: there is a row for it before there is a word in it. */
export function isWritten({ id }: Pick<Fact, 'id'>): boolean {
  return id === 'tags' || id === 'notes';
}

function hasValue({ cells }: FactRow): boolean {
  return cells.some(({ values }) => values.some((value) => value !== null));
}

function resultRow(
  measure: Measure,
  columns: readonly ComparisonColumn[],
  epochs: EpochsByRun,
  baselineKey: string | null,
): ResultRow {
  const { read: _read, ...shown } = measure;
  return { ...shown, section: 'results', cells: resultCells(measure, columns, epochs, baselineKey) };
}

/** The facts that tell the runs apart. */
export function differingFacts({ facts }: Pick<Comparison, 'facts'>): FactRow[] {
  return facts.filter(({ differs }) => differs);
}
