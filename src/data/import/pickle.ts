import { refusal } from './refusal.ts';

/** What a pickle of data may hold. An array is NumPy's, of unsigned bytes. */
export type PickleValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly PickleValue[]
  | ReadonlyMap<string, PickleValue>
  | PickledArray;

export interface PickledArray {
  readonly kind: 'array';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

const MARK = { kind: 'mark' } as const;
/** A name of Python's that is allowed to stand in a pickle; nothing is ever called. */
type Global = { readonly kind: 'global'; readonly name: string };
/** An array or type that waits for its state. */
interface Unbuilt {
  readonly kind: 'unbuilt';
  readonly name: string;
  readonly values: readonly Item[];
  built: PickleValue;
}
type Item = PickleValue | typeof MARK | Global | Unbuilt | Item[] | Map<string, PickleValue>;

/** NumPy's own, under their names of both major versions. */
const RECONSTRUCT = ['numpy.core.multiarray _reconstruct', 'numpy._core.multiarray _reconstruct'];
const ALLOWED = [...RECONSTRUCT, 'numpy ndarray', 'numpy dtype'];
const MAX_DEPTH = 100;
/** A list that holds another one many times, and so on, would unfold without end. */
const MAX_VALUES = 5_000_000;

/**
 * Reads a pickle (protocols 0 to 3, PEP 307) as data: a list of opcodes that only ever build dictionaries, lists, texts, bytes,
 * numbers, and NumPy arrays of unsigned bytes. Python's pickles are programs; every other opcode is refused with its place, and
 * nothing is imported or called. Throws a `UserError`.
 */
export function readPickle(bytes: Uint8Array, place: string): PickleValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stack: Item[] = [];
  const memo = new Map<number, Item>();
  let at = 0;
  let unfolded = 0;

  const refuse = (what: string) =>
    refusal(place, `${what} at byte ${at}`, 'Use the binary version of the archive, whose name ends in -binary.tar.gz');
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > bytes.length) throw refuse('ends too early');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = (length: 1 | 2 | 4): number => {
    const from = at;
    take(length);
    return length === 1 ? view.getUint8(from) : length === 2 ? view.getUint16(from, true) : view.getInt32(from, true);
  };
  const line = (): string => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw refuse('ends too early');
    const text = Buffer.from(take(end - at)).toString('latin1');
    at += 1;
    return text;
  };
  const push = (item: Item) => {
    if (stack.length > 1_000_000) throw refuse('nests too deep');
    stack.push(item);
  };
  const pop = (): Item => {
    const item = stack.pop();
    if (item === undefined) throw refuse('takes more than it has');
    return item;
  };
  const popMark = (): Item[] => {
    const from = stack.lastIndexOf(MARK);
    if (from < 0) throw refuse('takes more than it has');
    const items = stack.splice(from);
    return items.slice(1);
  };
  const remember = (key: number) => {
    const top = stack.at(-1);
    if (top === undefined) throw refuse('takes more than it has');
    memo.set(key, top);
  };
  const recall = (key: number) => {
    const item = memo.get(key);
    if (item === undefined) throw refuse('names what it has not');
    push(item);
  };
  const asValue = (item: Item, depth = 0): PickleValue => {
    unfolded += 1;
    if (depth > MAX_DEPTH || unfolded > MAX_VALUES) throw refuse('nests too deep');
    if (Array.isArray(item)) return item.map((each) => asValue(each, depth + 1));
    if (typeof item === 'object' && item !== null && 'kind' in item) {
      if (item.kind === 'array') return item;
      if (item.kind === 'unbuilt') return item.built;
      throw refuse(item.kind === 'global' ? `has ${item.name} for a value` : 'has a mark for a value');
    }
    return item;
  };
  const setItems = (target: Item | undefined, items: readonly Item[]) => {
    if (!(target instanceof Map) || items.length % 2 !== 0) throw refuse('fills what is no dictionary');
    for (let index = 0; index < items.length; index += 2) target.set(keyOf(items[index]!), asValue(items[index + 1]!));
  };
  const keyOf = (item: Item): string => {
    if (typeof item === 'string' || typeof item === 'number') return String(item);
    if (item instanceof Uint8Array) return Buffer.from(item).toString('latin1');
    throw refuse('has a key that is no text');
  };

  for (;;) {
    const opcode = String.fromCharCode(number(1));
    switch (opcode) {
      case '\x80':
        if (number(1) > 3) throw refuse('is of a newer protocol');
        break;
      case '(':
        push(MARK);
        break;
      case '}':
        push(new Map());
        break;
      case ']':
        push([]);
        break;
      case ')':
        push([]);
        break;
      case 'N':
        push(null);
        break;
      case '\x88':
        push(true);
        break;
      case '\x89':
        push(false);
        break;
      case 'J':
        push(number(4));
        break;
      case 'K':
        push(number(1));
        break;
      case 'M':
        push(number(2));
        break;
      case 'U':
      case 'C':
        push(take(number(1)));
        break;
      case 'T':
      case 'B':
        push(take(number(4)));
        break;
      case 'X':
        push(Buffer.from(take(number(4))).toString('utf8'));
        break;
      case 'q':
        remember(number(1));
        break;
      case 'r':
        remember(number(4));
        break;
      case 'h':
        recall(number(1));
        break;
      case 'j':
        recall(number(4));
        break;
      case 'a':
      case 'e': {
        const items = opcode === 'a' ? [pop()] : popMark();
        const list = stack.at(-1);
        if (!Array.isArray(list)) throw refuse('appends to what is no list');
        for (const item of items) list.push(item);
        break;
      }
      case 's': {
        const [value, key] = [pop(), pop()];
        setItems(stack.at(-1), [key, value]);
        break;
      }
      case 'u': {
        const items = popMark();
        setItems(stack.at(-1), items);
        break;
      }
      case 't':
        push(popMark());
        break;
      case '\x85':
        push([pop()]);
        break;
      case '\x86':
      case '\x87': {
        const items = opcode === '\x86' ? [pop(), pop()] : [pop(), pop(), pop()];
        push(items.reverse());
        break;
      }
      case 'c': {
        const name = `${line()} ${line()}`;
        if (!ALLOWED.includes(name)) throw refuse(`names ${name.slice(0, 100)}, which no data set needs,`);
        push({ kind: 'global', name });
        break;
      }
      case 'R': {
        const [values, callee] = [pop(), pop()];
        if (!isGlobal(callee) || callee.name === 'numpy ndarray' || !Array.isArray(values)) {
          throw refuse('calls something');
        }
        push({ kind: 'unbuilt', name: callee.name, values: values, built: null });
        break;
      }
      case 'b': {
        const state = pop();
        const target = stack.at(-1);
        if (!isUnbuilt(target) || !Array.isArray(state)) throw refuse('builds something');
        if (RECONSTRUCT.includes(target.name)) target.built = arrayOf(state, refuse);
        break;
      }
      case '.':
        return asValue(pop());
      default:
        throw refuse(
          `has the opcode 0x${opcode.charCodeAt(0).toString(16).padStart(2, '0')}, which data does not need,`,
        );
    }
  }
}

function isGlobal(item: Item | undefined): item is Global {
  return typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'global';
}

function isUnbuilt(item: Item | undefined): item is Unbuilt {
  return typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'unbuilt';
}

/** NumPy's state of an array: version, shape, type, whether Fortran's order, bytes. */
function arrayOf(state: readonly Item[], refuse: (what: string) => Error): PickledArray {
  const [, shape, type, isFortran, bytes] = state;
  const typeName = isUnbuilt(type) && type.name === 'numpy dtype' ? type.values[0] : undefined;
  const name = typeName instanceof Uint8Array ? Buffer.from(typeName).toString('latin1') : typeName;
  if (name !== 'u1')
    throw refuse(
      `has an array of type ${typeof name === 'string' ? name.slice(0, 20) : 'unknown'}, not of unsigned bytes,`,
    );
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size)))
    throw refuse('has an array without a shape');
  const sizes = shape as number[];
  const raw = typeof bytes === 'string' ? Uint8Array.from(Buffer.from(bytes, 'latin1')) : bytes;
  const needed = sizes.reduce((product, size) => product * size, 1);
  if (isFortran === true || !(raw instanceof Uint8Array) || raw.length !== needed) {
    throw refuse(`has an array of ${sizes.join('x')} with other bytes`);
  }
  return { kind: 'array', shape: sizes, bytes: raw };
}
