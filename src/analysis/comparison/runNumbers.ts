/** More than a range of an address may name; a mistyped one does not fill the memory. */
const MOST_RUNS = 1000;

/** `3,5,8-12` -> [3, 5, 8, 9, 10, 11, 12], each once, in the order in which they are named. Null for anything else. */
export function parseRunNumbers(text: string): number[] | null {
  const numbers = new Set<number>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(part);
    if (match === null) return null;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    if (from < 1 || to < from || to - from >= MOST_RUNS) return null;
    for (let number = from; number <= to; number += 1) numbers.add(number);
    if (numbers.size > MOST_RUNS) return null;
  }
  return [...numbers];
}

/** [3, 5, 8, 9, 10] -> `3,5,8-10`: numbers that follow each other are a range. Their order is kept. */
export function formatRunNumbers(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`))
    .join(',');
}
