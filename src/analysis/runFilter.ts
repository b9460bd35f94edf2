import type { RunRow } from '../contract/run.ts';
import { type FieldValue, FILTER_FIELDS, filterField, type RunFacts } from './runFields.ts';

export interface FilterError {
  readonly message: string;
  /** Where the term stands in the text. */
  readonly start: number;
  readonly end: number;
}

export interface RunFilter {
  /** True for a run that meets every term; terms with an error are left out. */
  matches(run: RunRow, facts?: RunFacts): boolean;
  /** Whether a term asks for a run's health, which must be judged for it. */
  readonly asksForHealth: boolean;
  readonly errors: readonly FilterError[];
}

type Predicate = (run: RunRow, facts: RunFacts) => boolean;
type Operator = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A term: optional `-`, then field, operator and value, or a word by itself. Values and words may be in double quotes. */
const TERM = /(-?)(?:([A-Za-z]+)(!=|<=|>=|[:=<>]))?("[^"]*"?|[^\s"]+)?/y;
const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([%kM]?)$/i;

/**
 * Reads a filter of the run table: terms separated by spaces, all of which must hold.
 * `depth>=110 version:v2 state:finished lr<0.1`, `accuracy>98%`, `clip:none`, `-tag:old`, `"any words of the name"`.
 * `:` asks for equality of numbers and looks inside texts; `=` asks for the whole text; `!=` is its opposite.
 */
export function parseRunFilter(text: string): RunFilter {
  const predicates: Predicate[] = [];
  const errors: FilterError[] = [];
  let asksForHealth = false;
  for (let position = skipSpaces(text, 0); position < text.length; position = skipSpaces(text, position)) {
    TERM.lastIndex = position;
    const match = TERM.exec(text);
    const length = Math.max(1, match?.[0].length ?? 1);
    const [, minus, name, operator, value] = match ?? [];
    const term = parseTerm(name, operator as Operator | undefined, unquote(value));
    if (typeof term === 'string') errors.push({ message: term, start: position, end: position + length });
    else predicates.push(minus === '-' ? (run, facts) => !term(run, facts) : term);
    asksForHealth ||= name?.toLowerCase() === 'health';
    position += length;
  }
  return {
    matches: (run, facts = {}) => predicates.every((predicate) => predicate(run, facts)),
    asksForHealth,
    errors,
  };
}

function skipSpaces(text: string, from: number): number {
  let position = from;
  while (position < text.length && /\s/.test(text[position]!)) position += 1;
  return position;
}

function unquote(value: string | undefined): string {
  return value?.replace(/^"|"$/g, '') ?? '';
}

/** The term's meaning, or a sentence on what is wrong with it. */
function parseTerm(name: string | undefined, operator: Operator | undefined, value: string): Predicate | string {
  if (name === undefined || operator === undefined) {
    return value === '' ? 'A word is missing here' : (run) => isAbout(run, value);
  }
  const read = filterField(name);
  if (read === undefined) return `There is no field "${name}". Fields: ${FILTER_FIELDS.join(', ')}`;
  if (value === '') return `A value is missing after "${name}${operator}"`;
  const number = parseNumber(value);
  if (operator === ':' || operator === '=') return (run, facts) => equals(read(run, facts), value, number, operator);
  if (operator === '!=') return (run, facts) => !equals(read(run, facts), value, number, '=');
  if (number === null) return `"${value}" is not a number, which "${name}${operator}" needs`;
  return (run, facts) => {
    const actual = read(run, facts);
    return typeof actual === 'number' && compare(actual, operator, number);
  };
}

/** `98%` is 0.98, `2.5k` 2,500, `1.7M` 1,700,000; null where it is no number. */
function parseNumber(text: string): number | null {
  const match = NUMBER.exec(text);
  if (match === null) return null;
  const value = Number(match[1]);
  const unit = match[2]!.toLowerCase();
  if (unit === '%') return value / 100;
  return value * (unit === 'k' ? 1e3 : unit === 'm' ? 1e6 : 1);
}

function equals(actual: FieldValue, value: string, number: number | null, operator: ':' | '='): boolean {
  const wanted = value.toLowerCase();
  if (actual === null) return wanted === 'none';
  if (typeof actual === 'number') return Number.isNaN(actual) ? wanted === 'nan' : actual === number;
  if (typeof actual === 'boolean') return wanted === (actual ? 'true' : 'false') || wanted === (actual ? 'yes' : 'no');
  const texts = typeof actual === 'string' ? [actual] : actual;
  return texts.some((text) => (operator === ':' ? text.toLowerCase().includes(wanted) : text.toLowerCase() === wanted));
}

function compare(actual: number, operator: '<' | '<=' | '>' | '>=', number: number): boolean {
  if (operator === '<') return actual < number;
  if (operator === '<=') return actual <= number;
  return operator === '>' ? actual > number : actual >= number;
}

/** A word by itself looks in what a run is called and marked with. */
function isAbout(run: RunRow, word: string): boolean {
  const wanted = word.toLowerCase();
  return [run.name, run.data, run.state, run.notes, ...run.tags].some((text) => text.toLowerCase().includes(wanted));
}
