import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.ts';

const key = fc.oneof(fc.string(), fc.constantFrom('$', '$$', '$x', '__proto__', 'base64', 'toJSON', 'constructor'));
const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, -0),
  fc.float32Array(),
  fc.float64Array(),
  fc.uint8Array(),
  fc.int32Array(),
);
const { message } = fc.letrec((tie) => ({
  message: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('message'), { maxLength: 5 }), tie('object')),
  object: fc
    .array(fc.tuple(key, tie('message')), { maxLength: 5 })
    .map((entries) => Object.fromEntries(entries) as unknown),
}));

describe('the text codec', () => {
  it('keeps every message as it was, typed arrays, NaN and -0 included', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(isDeepStrictEqual(decode(encode(value)), value)).toBe(true);
      }),
    );
  });

  it('reads a typed array that is a window on a larger buffer', () => {
    const values = new Float32Array([1, 2, NaN, 4]).subarray(1, 3);
    expect(decode(encode({ values }))).toStrictEqual({ values: new Float32Array([2, NaN]) });
  });

  it('sends a Buffer as its bytes', () => {
    expect(decode(encode(Buffer.from([1, 2])))).toStrictEqual(new Uint8Array([1, 2]));
  });

  it('never changes a prototype', () => {
    const value = decode('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('throws a plain error on any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          decode(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
    expect(() => decode('{"$":"Function"}')).toThrow('unknown kind');
    expect(() => decode('{"$":"Float32Array","base64":"AAA="}')).toThrow('ends inside a value');
  });
});
