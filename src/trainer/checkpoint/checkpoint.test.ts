import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { vectorOf } from '../../engine/program.ts';
import { decodeCheckpoint, encodeCheckpoint, type CheckpointPosition } from './checkpoint.ts';
import { layoutsWithState } from './layout.fixture.ts';
import { decodeTensors, encodeHeader } from './safetensors.ts';

const position: CheckpointPosition = {
  run: 3,
  attempt: 2,
  step: 115,
  epoch: 5,
  seed: 1,
  network: 'resnet_v2_8 basic',
  data: 'digits',
};
const concat = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];

function refused(action: () => unknown): boolean {
  try {
    action();
    return false;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

describe('a checkpoint', () => {
  it('comes back bit for bit, NaN and -0 included', () => {
    fc.assert(
      fc.property(layoutsWithState, ({ layout, state }) => {
        const read = decodeCheckpoint(concat(encodeCheckpoint(layout, state, position)), layout, 'file');
        expect(read.position).toEqual(position);
        expect(Object.keys(read.state)).toEqual(layout.state.map(({ name }) => name));
        for (const { name } of layout.state) {
          expect(bits(vectorOf(read.state, name))).toEqual(bits(vectorOf(state, name)));
        }
      }),
    );
  });

  it('is refused when it is cut short or longer', () => {
    fc.assert(
      fc.property(layoutsWithState, fc.nat(), ({ layout, state }, cut) => {
        const bytes = concat(encodeCheckpoint(layout, state, position));
        expect(refused(() => decodeCheckpoint(bytes.subarray(0, cut % bytes.length), layout, 'file'))).toBe(true);
        expect(refused(() => decodeCheckpoint(concat([bytes, Uint8Array.of(0)]), layout, 'file'))).toBe(true);
      }),
    );
  });

  it('is refused or still whole when bytes of its header are altered; never another error', () => {
    fc.assert(
      fc.property(layoutsWithState, fc.nat(), fc.nat(255), ({ layout, state }, at, value) => {
        const bytes = concat(encodeCheckpoint(layout, state, position));
        const headerEnd = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
        bytes[at % headerEnd] = value;
        refused(() => decodeCheckpoint(bytes, layout, 'file'));
      }),
      { numRuns: 1000 },
    );
  });

  it('of another layout is refused', () => {
    fc.assert(
      fc.property(layoutsWithState, ({ layout, state }) => {
        const bytes = concat(encodeCheckpoint(layout, state, position));
        const other = { ...layout, statistics: layout.statistics.map((tensor) => ({ ...tensor, name: 'other' })) };
        expect(() => decodeCheckpoint(bytes, other, 'file')).toThrow(
          'of another network or optimiser: resnet_v2_8 basic',
        );
      }),
    );
  });
});

describe('safetensors', () => {
  const file = (header: string, floats: number, claimed?: bigint) => {
    const text = Buffer.from(header);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(claimed ?? BigInt(text.length));
    return concat([length, text, new Uint8Array(4 * floats)]);
  };
  const tensor = (start: number, end: number, shape: unknown = [(end - start) / 4], dtype = 'F32') =>
    JSON.stringify({ dtype, shape, data_offsets: [start, end] });

  it('reads what the format allows and we write', () => {
    const whole = decodeTensors(file(`{"b":${tensor(4, 12)},"a":${tensor(0, 4)}}`, 3), 'file');
    expect(whole.tensors.map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['b', 1, 2],
      ['a', 0, 1],
    ]);
  });

  it.each([
    ['a header beyond the limit', file('{}', 0, 100_000_001n)],
    ['a header longer than the file', file('{}', 0, 3n)],
    ['a header of 2^64 - 1 bytes', file('{}', 0, 2n ** 64n - 1n)],
    ['no header', new Uint8Array(3)],
    ['a header that is no JSON', file('{', 0)],
    ['a header that is no UTF-8', file('\ufffd', 0).fill(0xff, 8)],
    ['a list for a header', file('[]', 0)],
    ['a key given twice', file(`{"a":${tensor(0, 4)},"a":${tensor(0, 4)}}`, 1)],
    ['an overlap', file(`{"a":${tensor(0, 8)},"b":${tensor(4, 8)}}`, 2)],
    ['the same place twice', file(`{"a":${tensor(0, 4)},"b":${tensor(0, 4)}}`, 1)],
    ['a gap', file(`{"a":${tensor(0, 4)},"b":${tensor(8, 12)}}`, 3)],
    ['a gap at the start', file(`{"a":${tensor(4, 8)}}`, 2)],
    ['trailing bytes', file(`{"a":${tensor(0, 4)}}`, 2)],
    ['too few bytes', file(`{"a":${tensor(0, 8)}}`, 1)],
    ['a shape of another size', file(`{"a":${tensor(0, 4, [2])}}`, 1)],
    ['a negative shape', file(`{"a":${tensor(0, 4, [-1, -1])}}`, 1)],
    ['a shape that overflows', file(`{"a":${tensor(0, 4, [2 ** 52, 2 ** 52])}}`, 1)],
    ['a shape that is no list', file(`{"a":${tensor(0, 4, 'x')}}`, 1)],
    ['a fraction', file(`{"a":${tensor(0, 4, [0.5, 2])}}`, 1)],
    ['another type', file(`{"a":${tensor(0, 4, [1], 'F64')}}`, 1)],
    ['an unknown field', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 1)],
    ['metadata that is no text', file('{"__metadata__":{"step":1}}', 0)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => decodeTensors(bytes, 'file')).toThrow('The checkpoint file is damaged');
  });

  it('takes any name, and none of them for a prototype', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 }), (names) => {
        const kept = ['__proto__', ...names].filter(
          (name, index, all) => name !== '__metadata__' && all.indexOf(name) === index,
        );
        const tensors = kept.map((name, index) => ({ name, shape: [1], offset: index, size: 1 }));
        const bytes = concat([encodeHeader({ metadata: {}, tensors }), new Uint8Array(4 * tensors.length)]);
        expect(new Set(decodeTensors(bytes, 'file').tensors)).toEqual(new Set(tensors));
      }),
    );
  });

  it('never fails in another way than by a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        refused(() => decodeTensors(bytes, 'file'));
      }),
      { numRuns: 2000 },
    );
  });
});
