const ARRAYS = { Float32Array, Float64Array, Uint8Array, Int32Array } as const;
type ArrayName = keyof typeof ARRAYS;

const SPECIAL_NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 };

/**
 * Messages as JSON text, for channels that carry text only. Beyond JSON it keeps what measurements need:
 * typed arrays (base64 of their little-endian bytes), NaN, the infinities and -0. Such a value becomes an object
 * with the key `$`; a key of the message itself that starts with `$` gets one `$` more.
 */
export function encode(message: unknown): string {
  return JSON.stringify(message, function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    // A Buffer is a Uint8Array that JSON would turn into a list of numbers before this function sees it.
    return toPlain(ArrayBuffer.isView(original) ? original : value);
  });
}

/** Reads what `encode` wrote; throws on anything else. */
export function decode(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => fromPlain(value));
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return { $: String(value) };
    return Object.is(value, -0) ? { $: '-0' } : value;
  }
  if (ArrayBuffer.isView(value)) {
    const name = (Object.keys(ARRAYS) as ArrayName[]).find((candidate) => value instanceof ARRAYS[candidate]);
    if (!name) throw new TypeError(`A message cannot carry a ${value.constructor.name}`);
    return { $: name, base64: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }
  return isObject(value) ? renameKeys(value, '$', (key) => `$${key}`) : value;
}

function fromPlain(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.hasOwn(value, '$') ? fromTag(value) : renameKeys(value, '$$', (key) => key.slice(1));
}

function fromTag(tag: Record<string, unknown>): unknown {
  const name = tag['$'];
  if (typeof name === 'string' && Object.hasOwn(SPECIAL_NUMBERS, name)) return SPECIAL_NUMBERS[name];
  if (typeof name !== 'string' || !Object.hasOwn(ARRAYS, name) || typeof tag['base64'] !== 'string') {
    throw new SyntaxError('The message holds a value of an unknown kind');
  }
  const TypedArray = ARRAYS[name as ArrayName];
  const bytes = fromBase64(tag['base64']);
  if (bytes.byteLength % TypedArray.BYTES_PER_ELEMENT !== 0) throw new SyntaxError('A typed array ends inside a value');
  return new TypedArray(bytes.buffer);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function renameKeys(value: Record<string, unknown>, prefix: string, rename: (key: string) => string): unknown {
  if (!Object.keys(value).some((key) => key.startsWith(prefix))) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, child]) => [key.startsWith(prefix) ? rename(key) : key, child]));
}

/** Characters per call: more arguments than this overflow the stack. */
const BASE64_SLICE = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += BASE64_SLICE) {
    binary += String.fromCharCode(...bytes.subarray(start, start + BASE64_SLICE));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
