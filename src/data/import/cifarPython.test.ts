import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { imageOf, importInto, refusalOf } from './import.fixture.ts';
import { readPickle } from './pickle.ts';
import { archive, planes, temporaryFolder } from './sources.fixture.ts';

const byte = (value: number) => Buffer.from([value]);
const text = (value: string) => Buffer.concat([Buffer.from('U'), byte(value.length), Buffer.from(value)]);
const short = (value: number) => Buffer.from([0x4d, value & 255, value >> 8]);
const global = (name: string) => Buffer.from(`c${name.replace(' ', '\n')}\n`);
const list = (items: readonly Buffer[]) => Buffer.concat([Buffer.from(']('), ...items, Buffer.from('e')]);
const pickled = (...parts: readonly (Buffer | string)[]) =>
  Buffer.concat([Buffer.from([0x80, 2]), ...parts.map((part) => Buffer.from(part)), Buffer.from('.')]);

/** An array of unsigned bytes as Python 2's pickles of NumPy have it. */
function array(shape: readonly [number, number], bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([
    global('numpy.core.multiarray _reconstruct'),
    global('numpy ndarray'),
    Buffer.from([0x4b, 0, 0x85]),
    text('b'),
    Buffer.from([0x87, 0x52, 0x28, 0x4b, 1]),
    short(shape[0]),
    short(shape[1]),
    byte(0x86),
    global('numpy dtype'),
    text('u1'),
    Buffer.from([0x4b, 0, 0x4b, 1, 0x87, 0x52, 0x28, 0x4b, 3]),
    text('|'),
    Buffer.from('NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xff', 'latin1'),
    Buffer.from([0x4b, 0, 0x74, 0x62, 0x89]),
    Buffer.from('T'),
    length,
    bytes,
    Buffer.from('tb'),
  ]);
}

const batch = (labels: readonly number[]) =>
  pickled(
    '}(',
    text('batch_label'),
    text('training batch'),
    text('labels'),
    list(labels.map((label) => Buffer.from([0x4b, label]))),
    text('data'),
    array([labels.length, 3072], Buffer.concat(labels.map((_, index) => planes(index)))),
    'u',
  );
const LABELS = Array.from({ length: 20 }, (_, index) => index % 10);
const META = pickled(
  '}(',
  text('label_names'),
  list(Array.from({ length: 10 }, (_, index) => text(`kind${index}`))),
  'u',
);

async function archiveFile(change: (name: string, bytes: Buffer) => Buffer = (_name, bytes) => bytes): Promise<string> {
  const names = ['batches.meta', ...[1, 2, 3, 4, 5].map((number) => `data_batch_${number}`), 'test_batch'];
  const file = join(temporaryFolder(), 'cifar-10-python.tar.gz');
  const members = names.map((name) => {
    const bytes = change(name, name === 'batches.meta' ? META : batch(LABELS));
    return [`cifar-10-batches-py/${name}`, bytes] as const;
  });
  writeFileSync(file, await archive(members));
  return file;
}

describe('CIFAR in its Python version', () => {
  it('is read as data', async () => {
    const { info, pixels } = await importInto(await archiveFile());
    expect(info).toMatchObject({ name: 'cifar10', kind: 'cifar', trainImages: 100, testImages: 20 });
    expect(info.classNames[7]).toBe('kind7');
    const set = pixels();
    expect(set.test.labels[13]).toBe(3);
    expect(imageOf(set, 13, set.test).slice(-3)).toEqual([13, 31, 31]);
  });

  it('that would run something is refused with opcode, place and remedy', async () => {
    const program = Buffer.from("cos\nsystem\n(S'touch /tmp/owned'\ntR.");
    const error = await refusalOf(await archiveFile((name, bytes) => (name === 'data_batch_3' ? program : bytes)));
    expect(error.message).toMatch(/data_batch_3 names os system, which no data set needs, at byte 11/);
    expect(error.hint).toContain('binary version');
  });

  it.each([
    ['a label outside the classes', batch([...LABELS.slice(1), 12]), /has the label 12 for image 19/],
    ['no images', pickled('}(', text('labels'), list([]), 'u'), /has no "data" of \[images, 3072\]/],
    ['no dictionary', pickled('N'), /is no dictionary/],
  ])('with %s is refused', async (_what, bytes, message) => {
    const file = await archiveFile((name, own) => (name === 'data_batch_2' ? bytes : own));
    expect((await refusalOf(file)).message).toMatch(message);
  });
});

describe('a pickle', () => {
  const refused = (bytes: Uint8Array) => {
    try {
      readPickle(bytes, 'file');
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      return (error as UserError).message;
    }
  };

  it.each([
    ['an object', Buffer.from('(i__main__\nEvil\n.'), /the opcode 0x69/],
    ['a reduction of a list', pickled(']', ')', 'R'), /calls something/],
    ['a call of a type', pickled(global('numpy ndarray'), ')', 'R'), /calls something/],
    ['a build of a dictionary', pickled('}', ')', 'b'), /builds something/],
    [
      'an array of objects',
      pickled(Buffer.from(array([1, 1], Buffer.from('x')).toString('latin1').replace('u1', 'O8'), 'latin1')),
      /an array of type O8/,
    ],
    ['a longer array than there is', pickled(array([2, 3], Buffer.from('x'))), /an array of 2x3 with other bytes/],
    ['a persistent id', Buffer.from('Pname\n.'), /the opcode 0x50/],
    ['a text that claims two gigabytes', pickled(Buffer.from([0x54, 0xff, 0xff, 0xff, 0x7f])), /ends too early/],
    ['a text of negative length', pickled(Buffer.from([0x54, 0xff, 0xff, 0xff, 0xff])), /ends too early/],
    ['nothing', Buffer.alloc(0), /ends too early/],
    ['a newer protocol', Buffer.from([0x80, 5, 0x4e, 0x2e]), /newer protocol/],
    ['a name that was not remembered', pickled(Buffer.from([0x68, 9])), /names what it has not/],
    ['a list in a list in a list, ten times each', unfolding(), /nests too deep/],
  ])('with %s is refused', (_what, bytes, message) => {
    expect(refused(bytes)).toMatch(message);
  });

  it('never does anything but give data or refuse, whatever its bytes', () => {
    const whole = batch(LABELS.slice(0, 2));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void refused(bytes)),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.nat(300), fc.nat(255), (at, value) => {
        const bytes = Buffer.from(whole);
        bytes[at] = value;
        refused(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Each list holds the one before it ten times: 10^12 values in a hundred bytes. */
function unfolding(): Buffer {
  const levels = Array.from({ length: 12 }, (_, level) =>
    Buffer.concat([
      Buffer.from(']'),
      Buffer.from([0x71, level + 1, 0x28]),
      ...Array.from({ length: 10 }, () => Buffer.from([0x68, level])),
      Buffer.from('e'),
    ]),
  );
  return pickled(Buffer.from([0x5d, 0x71, 0]), ...levels);
}
