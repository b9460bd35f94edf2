/** What a typed text means: a number, or a sentence on why it is none. */
export type Reading = { readonly value: number } | { readonly issue: string };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads `0.1`, `.1`, `1e-4`. A comma is refused rather than guessed at: it may stand for a point or for thousands. */
export function readNumber(text: string): Reading {
  const typed = text.trim();
  if (typed === '') return { issue: 'A number is needed here' };
  if (NUMBER.test(typed)) return { value: Number(typed) };
  const withPoint = typed.replace(',', '.');
  if (typed.includes(',') && NUMBER.test(withPoint)) {
    return { issue: `A decimal is written with a point: ${withPoint}` };
  }
  return { issue: `“${typed}” is not a number` };
}

/** Reads `8, 20, 44`, with commas, semicolons or spaces between the numbers. */
export function readNumbers(text: string): { readonly values: readonly number[] } | { readonly issue: string } {
  const parts = listParts(text);
  if (parts.length === 0) return { issue: 'At least one number is needed here' };
  const values: number[] = [];
  for (const part of parts) {
    const reading = readNumber(part);
    if ('issue' in reading) return reading;
    values.push(reading.value);
  }
  return { values };
}

/** Adds a number to a typed list, in ascending order, or takes it out; what is no number stays as it was typed. */
export function toggleInList(text: string, value: number): string {
  const parts = listParts(text);
  const isThere = parts.some((part) => Number(part) === value);
  const left = isThere ? parts.filter((part) => Number(part) !== value) : [...parts, String(value)];
  return left.toSorted((one, other) => Number(one) - Number(other) || 0).join(', ');
}

function listParts(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
