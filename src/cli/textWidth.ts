/** Letters of East Asia and pictures take two cells (Unicode's report 11); a mark on its own takes none. */
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function charactersOf(text: string): { readonly character: string; readonly cells: number }[] {
  return Array.from(segmenter.segment(text), ({ segment }) => ({
    character: segment,
    cells: EMPTY.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1,
  }));
}

/** Character cells that a text takes on a terminal. */
export function textWidth(text: string): number {
  return charactersOf(text).reduce((width, { cells }) => width + cells, 0);
}

/** A text in at most so many cells, without control characters; `...` stands for what is left out. */
export function clip(text: string, cells: number): string {
  const clean = text.replaceAll(/\p{Cc}/gu, ' ');
  if (textWidth(clean) <= cells) return clean;
  const mark = '.'.repeat(Math.min(3, Math.max(0, cells)));
  let kept = '';
  let width = mark.length;
  for (const each of charactersOf(clean)) {
    width += each.cells;
    if (width > cells) break;
    kept += each.character;
  }
  return kept + mark;
}
