/** The part of a measurement that SQLite's REAL cannot hold: NaN would be read back as NULL, -0 as 0. */
export type Special = 'NaN' | '-0' | null;

/** Splits a measurement into the two columns that keep it; both are null where there is none. */
export function toColumns(value: number | null): { number: number | null; special: Special } {
  if (Number.isNaN(value)) return { number: null, special: 'NaN' };
  if (Object.is(value, -0)) return { number: 0, special: '-0' };
  return { number: value, special: null };
}

/** Joins the two columns again; null where there was no value. */
export function fromColumns(number: number | null, special: string | null): number | null {
  if (special === 'NaN') return Number.NaN;
  if (special === '-0') return -0;
  return number;
}
