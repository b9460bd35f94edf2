import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import * as v from 'valibot';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { ArchitectureFile, Block, Stage, Stem, type Architecture } from '../contract/architecture.ts';
import { UserError } from '../contract/errors.ts';
import { nearMatch } from './nearMatch.ts';

type Path = readonly (string | number)[];

/**
 * Reads an architecture from a YAML or JSON file; it is named after the file where it has no name. Throws bad-input with
 * the line, the path in the file and what may stand there.
 */
export function readArchitecture(file: string): Architecture {
  const lineCounter = new LineCounter();
  const document = parseDocument(textOf(file), { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  const refuse = (line: number, message: string, hint: string) =>
    new UserError({ code: 'bad-input', message, where: `${file}, line ${line}`, hint });
  if (error !== undefined) {
    throw refuse(lineCounter.linePos(error.pos[0]).line, `This is no YAML or JSON: ${error.message}`, '');
  }
  const result = v.safeParse(ArchitectureFile, contentOf(document, file));
  if (!result.success) {
    const fault = faultOf(result.issues[0]);
    throw refuse(lineCounter.linePos(positionOf(document, fault)).line, fault.message, fault.hint);
  }
  const { $schema: _schema, name = basename(file, extname(file)), ...architecture } = result.output;
  return { name, ...architecture };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UserError({
      code: 'bad-input',
      message: `The file ${file} cannot be read`,
      where: '--config',
      hint: 'Name a YAML or JSON file with stem and stages, as those in the folder "examples"',
    });
  }
}

/** Aliases that repeat without end are refused by the parser. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new UserError({ code: 'bad-input', message: UserError.from(error).message, where: file });
  }
}

interface Fault {
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
  /** Whether it is the key that is wrong, not what it holds. */
  readonly isKey: boolean;
}

function faultOf(issue: v.BaseIssue<unknown>): Fault {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const place = path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
  const fields = fieldsOf(path.slice(0, -1));
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const meant = nearMatch(String(path.at(-1)), fields);
    const guess = meant === null ? '' : `Did you mean ${meant}? `;
    return {
      path,
      message: `There is no field ${place}`,
      hint: `${guess}Fields here: ${fields.join(', ')}`,
      isKey: true,
    };
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined' && path.length > 0) {
    return { path: path.slice(0, -1), message: `${place} is missing`, hint: '', isKey: false };
  }
  const where = place === '' ? '' : `${place}: `;
  return { path, message: `${where}${issue.message}`, hint: allowedIn(issue), isKey: false };
}

/** `("basic" | "bottleneck")` -> `Allowed here: basic, bottleneck`; other limits are said by the message. */
function allowedIn({ type, expected }: v.BaseIssue<unknown>): string {
  if (type !== 'picklist' || expected === null) return '';
  return `Allowed here: ${expected.replace(/[()"]/g, '').replaceAll(' | ', ', ')}`;
}

/** The fields of the object at a path: of the file, the stem, a stage or a block. */
function fieldsOf(path: Path): string[] {
  const schema = path.length === 0 ? ArchitectureFile : path[0] === 'stem' ? Stem : path.length === 2 ? Stage : Block;
  return Object.keys(schema.entries).filter((field) => field !== '$schema');
}

/** Where in the text the fault is: of the key, or of the value or the nearest that holds it. */
function positionOf(document: Document, { path, isKey }: Fault): number {
  if (isKey) {
    const holder = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(holder) ? holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    if (isPair(pair) && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
