import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpy } from './npy.ts';
import { readNpz } from './npz.ts';
import { readZip } from './zip.ts';

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

/** numpy.savez(images=arange(12, float32).reshape(1, 2, 2, 3), labels=[3]), NumPy 2. */
const STORED = bytesOf(
  'UEsDBC0AAAAAAAAAIQBLOx1x//////////8KABQAaW1hZ2VzLm5weQEAEACwAAAAAAAAALAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIsIDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAACAPwAAAEAAAEBAAACAQAAAoEAAAMBAAADgQAAAAEEAABBBAAAgQQAAMEFQSwMELQAAAAAAAAAhAEOdMRz//////////woAFABsYWJlbHMubnB5AQAQAIgAAAAAAAAAiAAAAAAAAACTTlVNUFkBAHYAeydkZXNjcic6ICc8aTgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgCgMAAAAAAAAAUEsBAi0DLQAAAAAAAAAhAEs7HXGwAAAAsAAAAAoAAAAAAAAAAAAAAIABAAAAAGltYWdlcy5ucHlQSwECLQMtAAAAAAAAACEAQ50xHIgAAACIAAAACgAAAAAAAAAAAAAAgAHsAAAAbGFiZWxzLm5weVBLBQYAAAAAAgACAHAAAACwAQAAAAA=',
);
/** The same by numpy.savez_compressed. */
const DEFLATED = bytesOf(
  'UEsDBC0AAAAIAAAAIQBLOx1x//////////8KABQAaW1hZ2VzLm5weQEAEACwAAAAAAAAAGgAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkahjoKRmBkrKmjUKtABuBiAIMGeyDhAERA3ADEC4D4ABA/AGIGRwYGASBWAGIDRwBQSwMELQAAAAgAAAAhAEOdMRz//////////woAFABsYWJlbHMubnB5AQAQAIgAAAAAAAAASAAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFAAuZgYIAABQSwECLQMtAAAACAAAACEASzsdcWgAAACwAAAACgAAAAAAAAAAAAAAgAEAAAAAaW1hZ2VzLm5weVBLAQItAy0AAAAIAAAAIQBDnTEcSAAAAIgAAAAKAAAAAAAAAAAAAACAAaQAAABsYWJlbHMubnB5UEsFBgAAAAACAAIAcAAAACgBAAAAAA==',
);
/** numpy.save(array([{}], dtype=object)): a pickle. */
const PICKLE = bytesOf(
  'k05VTVBZAQB2AHsnZGVzY3InOiAnfE8nLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMSwpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqABJWLAAAAAAAAAIwWbnVtcHkuX2NvcmUubXVsdGlhcnJheZSMDF9yZWNvbnN0cnVjdJSTlIwFbnVtcHmUjAduZGFycmF5lJOUSwCFlEMBYpSHlFKUKEsBSwGFlGgDjAVkdHlwZZSTlIwCTziUiYiHlFKUKEsDjAF8lE5OTkr/////Sv////9LP3SUYoldlH2UYXSUYi4=',
);

describe.each([
  ['stored', STORED],
  ['deflated', DEFLATED],
])('an NPZ file, %s', (_kind, file) => {
  it('gives its arrays by name', () => {
    expect(readNpz(file, 'batch.npz')).toEqual(
      new Map([
        [
          'images',
          { shape: [1, 2, 2, 3], dtype: '<f4', values: Float32Array.from({ length: 12 }, (_, index) => index) },
        ],
        ['labels', { shape: [1], dtype: '<i8', values: BigInt64Array.of(3n) }],
      ]),
    );
  });

  it('is refused in one sentence, or read unchanged, whatever bytes are altered', () => {
    const whole = readNpz(file, 'batch.npz');
    const place = fc.nat(file.length - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        let read;
        try {
          read = readNpz(bytes, 'batch.npz');
        } catch (error) {
          expect((error as Error).name).toBe('UserError');
          return;
        }
        // Names and checksums apart, which may be changed together with nothing else, every value is protected.
        for (const array of read.values()) expect([...whole.values()]).toContainEqual(array);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused where it is cut short', () => {
    for (let length = 0; length < file.length; length += 7) {
      expect(() => readNpz(file.subarray(0, length), 'batch.npz')).toThrow('The archive batch.npz');
    }
  });
});

describe('an NPZ file that lies about its sizes, or is large', () => {
  const ENTRY = Buffer.from('PK\x01\x02', 'latin1');
  const [PACKED_SIZE, SIZE] = [20, 24];
  /** The compressed file with another number in the directory's entry of its first member. */
  const lying = (field: number, value: number) => {
    const bytes = Buffer.from(DEFLATED);
    bytes.writeUInt32LE(value, bytes.indexOf(ENTRY) + field);
    return bytes;
  };

  it.each([
    ['more than its packed bytes can give', SIZE, 200_000, /a member claims more than it can hold/],
    ['one byte more than they give', SIZE, 177, /a checksum is wrong/],
    ['one byte less', SIZE, 175, /is damaged/],
    ['packed bytes that are those of other members too', PACKED_SIZE, DEFLATED.length, /its members overlap/],
  ])('is refused: %s', (_what, field, value, message) => {
    expect(() => readNpz(lying(field, value), 'batch.npz')).toThrow(message);
  });

  it('is refused where it would take more than is allowed', () => {
    expect(() => readZip(DEFLATED, 'batch.npz', 311)).toThrow('would take 312 bytes, more than the 311 allowed');
    expect(readZip(DEFLATED, 'batch.npz', 312).size).toBe(2);
  });
});

describe('an NPY array', () => {
  const npy = (header: string, data = Buffer.alloc(8)) => {
    const length = Buffer.alloc(2);
    length.writeUInt16LE(header.length);
    return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), data]);
  };

  it('is read for what it says', () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
    const values = Buffer.from(Float32Array.of(1, -2).buffer);
    expect(readNpy(npy(header, values), 'x').values).toEqual(Float32Array.of(1, -2));
  });

  it.each([
    ['a pickle', PICKLE, 'is of type |O'],
    ['big-endian', npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }"), 'is of type >f4'],
    ['Fortran order', npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1, 3), }"), 'is in Fortran order'],
    [
      'a large claim',
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296,), }"),
      'claims 34359738368 bytes',
    ],
    ['code in the header', npy("{'descr': '<f4', 'fortran_order': False, 'shape': (exit(),), }"), 'cannot be read'],
    ['another file', Buffer.from('no array at all'), 'is no NPY array'],
  ])('is refused: %s', (_what, bytes, message) => {
    expect(() => readNpy(bytes, 'x')).toThrow(message);
  });
});
