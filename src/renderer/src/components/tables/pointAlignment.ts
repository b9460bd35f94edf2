/** Figures in decimals, as `cellText` writes them: the digits before the point, and what follows. */
const DECIMALS = /^(−?\d+)((?:\.\d+)?(?: ± [\d.]+)?)$/;

/** Room of a cell in digits, so that the points of its column stand below each other. */
export interface Alignment {
  /** Before the figures. */
  readonly indent: number;
  /** Of the whole cell, the same in all of a column. */
  readonly width: number;
}

/** For each text of a column its alignment at the decimal point; null for words, powers of ten and what is not finite. */
export function alignAtPoint(
  texts: readonly { readonly text: string; readonly count: string }[],
): (Alignment | null)[] {
  const parts = texts.map(({ text, count }) => {
    const [, before, after] = DECIMALS.exec(text) ?? [];
    return before === undefined
      ? null
      : { before: before.length, after: after!.length + (count && ` ${count}`).length };
  });
  const widest = (side: 'before' | 'after') => Math.max(0, ...parts.map((part) => part?.[side] ?? 0));
  const [before, after] = [widest('before'), widest('after')];
  return parts.map((part) => part && { indent: before - part.before, width: before + after });
}
