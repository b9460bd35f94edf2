import type { SeedSummary } from '../seeds.ts';

/** A table before it has a format. Values are in the unit of their column; texts are as users wrote them. */
export interface Table {
  /** Letters, digits and dashes: the file's name, and in LaTeX the label `tab:name`. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** A cell for each column, in their order. */
  readonly rows: readonly (readonly TableCell[])[];
  /** Sentences below the table. What the figures of a summary are is added by the formats. */
  readonly notes: readonly string[];
}

export interface TableColumn {
  /** Names the column in JSON and where columns are chosen; unique in the table. */
  readonly id: string;
  readonly head: string;
  /** Empty where there is none. */
  readonly unit: string;
  /** A head that neighbours with the same one share; empty where there is none. */
  readonly group: string;
  /** Texts stand to the left; figures are aligned at their decimal point. */
  readonly kind: 'text' | 'number' | 'summary';
  /** Which mean is the best of a row; null where none is. */
  readonly better: 'higher' | 'lower' | null;
}

export type TableCell = TextCell | NumberCell | SummaryCell | EmptyCell;

export interface TextCell {
  readonly kind: 'text';
  readonly text: string;
}

export interface NumberCell {
  readonly kind: 'number';
  readonly value: number;
  /** Digits after the point that are meant; null for a setting or a count, which is shown as it is. */
  readonly decimals: number | null;
  readonly isBest?: boolean;
}

/** Several runs' values of one measurement. */
export interface SummaryCell extends SeedSummary {
  readonly kind: 'summary';
  /** Runs without a result, which are not averaged in. */
  readonly failed: number;
  /** Digits after the point where no spread says how many are meant. */
  readonly decimals: number;
  readonly isBest?: boolean;
}

export interface EmptyCell {
  readonly kind: 'empty';
  /** Stands in the cell, such as `diverged`; empty where there is simply nothing. */
  readonly reason: string;
}

export const EMPTY: EmptyCell = { kind: 'empty', reason: '' };

/** A column with what most columns have. */
export function tableColumn(
  column: Pick<TableColumn, 'id' | 'head' | 'kind'> & Partial<Omit<TableColumn, 'id' | 'head' | 'kind'>>,
): TableColumn {
  const { id, head, unit = '', group = '', kind, better = null } = column;
  return { id, head, unit, group, kind, better };
}

/** The head as it is read: `Test acc. (%)`. */
export function headOf({ head, unit }: Pick<TableColumn, 'head' | 'unit'>): string {
  return unit === '' ? head : `${head} (${unit})`;
}

/** The head where none is shared: `Test accuracy V1 (%)`. */
export function fullHeadOf({ group, head, unit }: Pick<TableColumn, 'group' | 'head' | 'unit'>): string {
  return headOf({ head: group === '' ? head : `${group} ${head}`, unit });
}
