import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

const file = (header: string, data = Buffer.alloc(0)) => {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), data]);
};

describe('safetensors', () => {
  it('come back as they were written', () => {
    const tensors = new Map([
      ['conv1.weight', { shape: [2, 1], values: Float32Array.of(1.5, -0) }],
      ['bn1.num_batches_tracked', { shape: [], values: BigInt64Array.of(3n) }],
      ['__proto__', { shape: [1], values: Float32Array.of(NaN) }],
    ]);
    const read = decodeSafetensors(Buffer.concat(encodeSafetensors(tensors, { format: 'pt' })), 'w');
    expect(read.metadata).toEqual(new Map([['format', 'pt']]));
    expect(read.tensors.get('conv1.weight')).toEqual(tensors.get('conv1.weight'));
    expect(read.tensors.get('bn1.num_batches_tracked')).toEqual({ shape: [], values: null });
    expect(read.tensors.get('__proto__')).toEqual(tensors.get('__proto__'));
  });

  it('of other floating-point types become float32', () => {
    const data = Buffer.concat([
      Buffer.from(Float64Array.of(0.1).buffer),
      // 1.5, the smallest subnormal, minus infinity.
      Buffer.from(Uint16Array.of(0x3e00, 0x0001, 0xfc00).buffer),
      Buffer.from(Uint16Array.of(0x3fc0, 0xc000).buffer),
    ]);
    const header = JSON.stringify({
      double: { dtype: 'F64', shape: [1], data_offsets: [0, 8] },
      half: { dtype: 'F16', shape: [3], data_offsets: [8, 14] },
      brain: { dtype: 'BF16', shape: [2], data_offsets: [14, 18] },
    });
    const { tensors } = decodeSafetensors(file(header, data), 'w');
    expect(tensors.get('double')!.values).toEqual(Float32Array.of(0.1));
    expect(tensors.get('half')!.values).toEqual(Float32Array.of(1.5, 2 ** -24, -Infinity));
    expect(tensors.get('brain')!.values).toEqual(Float32Array.of(1.5, -2));
  });

  it.each([
    ['nothing', Buffer.alloc(3), 'it has 3 bytes only'],
    [
      'a header beyond the file',
      Buffer.concat([Buffer.from([9, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]),
      'it ends within',
    ],
    ['a huge header', Buffer.alloc(8, 0xff), 'its header claims'],
    ['no JSON', file('{]'), 'its header cannot be read'],
    [
      'a size that is not the shape',
      file('{"a":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4]}}', Buffer.alloc(4)),
      'its header cannot be read',
    ],
    [
      'a name given twice',
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}',
        Buffer.alloc(8),
      ),
      'overlap or leave a gap',
    ],
    ['bytes left over', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', Buffer.alloc(8)), 'take 4 of 8'],
  ])('are refused: %s', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes, 'w')).toThrow(message);
  });

  it('that are damaged are read or refused, and nothing else happens', () => {
    const values = Float32Array.of(1, 2, 3, 4);
    const whole = Buffer.concat(encodeSafetensors(new Map([['a', { shape: [2, 2], values }]]), { format: 'pt' }));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        try {
          decodeSafetensors(bytes, 'w');
        } catch (error) {
          expect((error as Error).name).toBe('UserError');
        }
      }),
      { numRuns: 2000 },
    );
  });
});
