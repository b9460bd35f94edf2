/**
 * As much of WebAssembly's binary format (core specification 2.0, section 5) as two loops over pixels need: each function here
 * gives the bytes of one instruction, after those of its operands. Vectors of 128 bits have no other way into JavaScript.
 */
export type Code = readonly number[];

/** A function of 32-bit integers that gives nothing back. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly integers: readonly string[];
  readonly vectors: readonly string[];
  readonly body: readonly Code[];
}

/** The bytes of a module that exports the functions and imports its memory as `host.memory`. */
export function moduleOf(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const indices = functions.map((_, index) => index);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      functions.map(({ parameters }) => [0x60, ...list(parameters.map(() => [INTEGER])), 0]),
    ),
    ...section(2, [[...text('host'), ...text('memory'), 2, 0, 0]]),
    ...section(
      3,
      indices.map((index) => [index]),
    ),
    ...section(
      7,
      functions.map(({ name }, index) => [...text(name), 0, index]),
    ),
    ...section(10, functions.map(codeOf)),
  ]);
}

/** Reads and writes a function's parameters and other variables by their names. */
export function variables({ parameters, integers, vectors }: Omit<WasmFunction, 'name' | 'body'>) {
  const names = [...parameters, ...integers, ...vectors];
  const place = (name: string) => {
    if (!names.includes(name)) throw new Error(`There is no variable ${name}`);
    return unsigned(names.indexOf(name));
  };
  return {
    get: (name: string): Code => [0x20, ...place(name)],
    set: (name: string, value: Code): Code => [...value, 0x21, ...place(name)],
  };
}

/** Runs the body once, and again as long as the condition holds after it. */
export const repeatWhile = (condition: Code, ...body: readonly Code[]): Code => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...condition,
  ...[0x0d, 0, 0x0b],
];

export const integer = (value: number): Code => [0x41, ...signed(value)];
export const add = (left: Code, right: Code): Code => [...left, ...right, 0x6a];
export const isLess = (left: Code, right: Code): Code => [...left, ...right, 0x49];
/** A 32-bit integer from `offset` bytes after an address. */
export const load = (address: Code, offset = 0): Code => [...address, 0x28, 0, ...unsigned(offset)];

/** All 16 bytes from an address on. */
export const loadBytes = (address: Code): Code => [...address, ...vector(0x00), 0, 0];
/** The 4 bytes from an address on, and twelve zeros. */
export const loadFourBytes = (address: Code): Code => [...address, ...vector(0x5c), 0, 0];
/** The 32-bit integer at an address, four times. */
export const loadFourTimes = (address: Code): Code => [...address, ...vector(0x09), 0, 0];
export const fourTimes = (value: Code): Code => [...value, ...vector(0x11)];
export const storeBytes = (address: Code, value: Code): Code => [...address, ...value, ...vector(0x0b), 0, 0];
export const storeFourBytes = (address: Code, value: Code): Code => [...address, ...value, ...vector(0x5a), 0, 0, 0];

/** Of 16 bytes without sign the first or last eight, as 16-bit integers; of 8 of those the first or last four, as 32-bit ones. */
export const firstBytes = (value: Code): Code => [...value, ...vector(0x89)];
export const lastBytes = (value: Code): Code => [...value, ...vector(0x8a)];
export const firstHalves = (value: Code): Code => [...value, ...vector(0xa9)];
export const lastHalves = (value: Code): Code => [...value, ...vector(0xaa)];
/** The other way: two vectors become one of integers half as wide, each the nearest that it can be. */
export const toHalves = (first: Code, last: Code): Code => [...first, ...last, ...vector(0x85)];
export const toBytes = (first: Code, last: Code): Code => [...first, ...last, ...vector(0x66)];

/** Of four 32-bit integers each. */
export const addFour = (left: Code, right: Code): Code => [...left, ...right, ...vector(0xae)];
export const multiplyFour = (left: Code, right: Code): Code => [...left, ...right, ...vector(0xb5)];
export const shiftFourRight = (value: Code, bits: number): Code => [...value, ...integer(bits), ...vector(0xac)];

const INTEGER = 0x7f;
const VECTOR = 0x7b;

function vector(opcode: number): number[] {
  return [0xfd, ...unsigned(opcode)];
}

function codeOf({ integers, vectors, body }: WasmFunction): number[] {
  const locals = list([
    [...unsigned(integers.length), INTEGER],
    [...unsigned(vectors.length), VECTOR],
  ]);
  const code = [...locals, ...body.flat(), 0x0b];
  return [...unsigned(code.length), ...code];
}

function section(id: number, items: readonly Code[]): number[] {
  const content = list(items);
  return [id, ...unsigned(content.length), ...content];
}

function list(items: readonly Code[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return list([...Buffer.from(value)].map((byte) => [byte]));
}

/** LEB128: seven bits a byte, the lowest first; the highest bit says that more follow. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** The same with a sign, which is the last byte's second highest bit. */
function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
