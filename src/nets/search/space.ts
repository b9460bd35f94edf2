import { UserError } from '../../contract/errors.ts';

/** One option for each choice of a space, by its place in the list. */
export type Genome = readonly number[];

/** A place of an architecture that is left open. */
export interface Choice {
  /** Where it stands in the file: `stages[0].blocks[1].width`. */
  readonly path: string;
  readonly options: readonly unknown[];
}

/** Architectures that differ in some places: a file like an architecture's, with `{ choose: [...] }` where it is open. */
export interface SearchSpace {
  /** In the order of the file. */
  readonly choices: readonly Choice[];
  /** How many architectures it holds. */
  readonly size: number;
  /** The architecture, as plain data, that the genome chooses. */
  build(genome: Genome): unknown;
  /** What the genome chooses, in words: `width=32 repeat=2`. */
  label(genome: Genome): string;
}

const KEY = 'choose';

/** Reads a space from the data of a JSON or YAML file. Throws bad-input that names the path of what is wrong. */
export function readSpace(document: unknown): SearchSpace {
  const choices: Choice[] = [];
  collect(document, '', choices);
  if (choices.length === 0) {
    throw refusal('', 'The space leaves nothing open', `Write { ${KEY}: [a, b] } in place of a value that may vary`);
  }
  const names = shortNames(choices);
  return {
    choices,
    size: choices.reduce((product, { options }) => product * options.length, 1),
    build(genome) {
      const remaining = genome.values();
      return fill(document, () => remaining.next().value ?? 0);
    },
    label: (genome) =>
      choices
        .map(({ options }, index) => {
          const option = options[genome[index]!];
          return `${names[index]!}=${isRecord(option) || Array.isArray(option) ? `#${genome[index]! + 1}` : String(option)}`;
        })
        .join(' '),
  };
}

/** The last word of each path, or where two share it the whole one, counted as people count: `stage1.block2.width`. */
function shortNames(choices: readonly Choice[]): string[] {
  const last = choices.map(({ path }) => path.split('.').at(-1)!);
  return choices.map(({ path }, index) => {
    const isShared = last.filter((word) => word === last[index]).length > 1;
    return isShared ? path.replace(/s\[(\d+)\]/g, (_, at) => String(Number(at) + 1)) : last[index]!;
  });
}

function collect(value: unknown, path: string, choices: Choice[]): void {
  if (isChoice(value)) {
    choices.push({ path, options: optionsOf(value, path) });
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => collect(item, `${path}[${index}]`, choices));
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) collect(item, path === '' ? key : `${path}.${key}`, choices);
  }
}

function optionsOf(choice: Record<string, unknown>, path: string): readonly unknown[] {
  const options = choice[KEY];
  const at = `${path}.${KEY}`;
  if (Object.keys(choice).length > 1) {
    throw refusal(path, `Beside ${KEY} stand other keys`, `Leave { ${KEY}: [...] } alone in its place`);
  }
  if (!Array.isArray(options) || options.length === 0) {
    throw refusal(at, `${KEY} is followed by a list of at least one option`, `For instance { ${KEY}: [16, 32] }`);
  }
  const inner: Choice[] = [];
  collect(options, at, inner);
  if (inner.length > 0) {
    throw refusal(inner[0]!.path, 'An option leaves something open itself', 'Write its combinations out as options');
  }
  return options;
}

/** The document again, each open place filled with the option that is next. */
function fill(value: unknown, next: () => number): unknown {
  if (isChoice(value)) return (value[KEY] as readonly unknown[])[next()];
  if (Array.isArray(value)) return value.map((item) => fill(item, next));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, next)]));
}

function isChoice(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && KEY in value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(where: string, message: string, hint: string): UserError {
  return new UserError({ code: 'bad-input', message, where, hint });
}
