import { InvalidArgumentError } from 'commander';
import { parseRunNumbers } from '../analysis/comparison/runNumbers.ts';

/** A number as an option's value. Its limits are the contract's to check. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('A number is needed here.');
  return value;
}

/** A number, or `off`; commander would take null for an option without a value. */
export function numberOrOff(text: string): number | 'off' {
  return text === 'off' ? text : number(text);
}

/** `auto`, `off`, or a number: every so many steps. */
export function observedSteps(text: string): number | 'auto' | 'off' {
  return text === 'auto' || text === 'off' ? text : number(text);
}

/** A TCP port; 0 asks for a free one. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a whole number up to 65535.');
  return value;
}

/** A run's or study's number. */
export function identifier(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('A whole number from 1 is needed here, as "runs list" shows it.');
  }
  return value;
}

/** Collects the numbers of an argument that takes several; one that is named twice counts once. */
export function identifiers(text: string, before: readonly number[] | undefined): number[] {
  return [...new Set([...(before ?? []), identifier(text)])];
}

/** Collects numbers and ranges of runs, `3` and `8-12`; one that is named twice counts once. */
export function runNumbers(text: string, before: readonly number[] | undefined): number[] {
  const numbers = parseRunNumbers(text);
  if (numbers === null) {
    throw new InvalidArgumentError('Numbers of runs are needed here, as "runs list" shows them, e.g. 3 or 8-12.');
  }
  return [...new Set([...(before ?? []), ...numbers])];
}

/** A length of a picture. */
export function pixels(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 200 || value > 8192) {
    throw new InvalidArgumentError('A whole number of pixels from 200 to 8192 is needed here.');
  }
  return value;
}

/** `v1,v2` -> ['v1', 'v2'] */
export function commaSeparated(text: string): string[] {
  const values = text.split(',').map((part) => part.trim());
  if (values.some((part) => part === ''))
    throw new InvalidArgumentError('Values are separated by commas, e.g. 8,20,44.');
  return values;
}

/** `8,20,44` -> [8, 20, 44] */
export function commaSeparatedNumbers(text: string): number[] {
  return commaSeparated(text).map(number);
}
