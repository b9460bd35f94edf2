import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, sha256 } from '../files.mjs';
import { makeZip, programs, scratch } from '../scratch.fixture.ts';
import type { RuntimePin } from './pins.mjs';
import { fetchWheel, placeOf, refuseFullDisk, unpackWheel } from './wheel.mjs';

const members = [
  { name: 'tensorflow/libtensorflow_cc.so.2', content: 'library'.repeat(2000) },
  { name: 'tensorflow/libtensorflow_framework.so.2', content: 'framework' },
  { name: 'tensorflow/include/tensorflow/c/c_api.h', content: '#pragma once' },
  { name: 'tensorflow/include/Eigen/Core', content: 'not needed' },
  { name: 'tensorflow/python/huge.so', content: 'not needed' },
];

let folder: string;
let wheel: string;
let pin: RuntimePin;

beforeEach(() => {
  folder = scratch();
  wheel = join(folder, 'tensorflow.whl');
  makeZip(wheel, members);
  const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) => ({ name, sha256: '' }));
  const bytes = statSync(wheel).size;
  pin = {
    project: 'tensorflow-cpu',
    version: '2.21.0',
    tag: 'linux',
    sha256: sha256(readFileSync(wheel)),
    bytes,
    unpackedBytes: 1e4,
    libraries,
  };
});

/** A pip that copies a file to where `--dest` says. */
function pipThatBrings(file: string) {
  const path = programs({
    pip: `while [ $# -gt 0 ]; do if [ "$1" = --dest ]; then cp ${JSON.stringify(file)} "$2/t.whl"; fi; shift; done`,
  });
  return { program: join(path, 'pip'), args: [] };
}

function pipThatSays(text: string) {
  return { program: join(programs({ pip: `echo ${JSON.stringify(text)} >&2; exit 1` }), 'pip'), args: [] };
}

const noPip = { program: '/nowhere/pip', args: [] };

describe('fetching the wheel', () => {
  it('keeps the file whose checksum holds', async () => {
    const kept = await fetchWheel('TensorFlow', pin, pipThatBrings(wheel), join(folder, 'downloads'));
    expect(readFileSync(kept)).toEqual(readFileSync(wheel));
  });

  it('deletes a file with a wrong checksum and says so', async () => {
    const other = join(folder, 'other.whl');
    writeFileSync(other, 'not it');
    const fetching = fetchWheel('TensorFlow', pin, pipThatBrings(other), join(folder, 'downloads'));
    await expect(fetching).rejects.toThrow(/Set-up stopped at "TensorFlow".*wrong checksum.*was deleted.*proxy/);
    expect(readdirSync(join(folder, 'downloads', 'incoming'))).toEqual([]);
  });

  it('takes a wheel that an interrupted set-up had fetched', async () => {
    const downloads = join(folder, 'downloads');
    await fetchWheel('TensorFlow', pin, pipThatBrings(wheel), downloads);
    await expect(fetchWheel('TensorFlow', pin, noPip, downloads)).resolves.toContain('.whl');
  });

  it('fetches again what an interrupted set-up had fetched in part', async () => {
    const downloads = join(folder, 'downloads');
    const kept = await fetchWheel('TensorFlow', pin, pipThatBrings(wheel), downloads);
    truncateSync(kept, 20);
    await fetchWheel('TensorFlow', pin, pipThatBrings(wheel), downloads);
    expect(readFileSync(kept)).toEqual(readFileSync(wheel));
  });

  it.each([
    ['OSError: [Errno 28] No space left on device', /The disk is full.*Free at least/],
    ['Max retries exceeded with url: /simple/tensorflow-cpu/', /did not answer.*Check the connection/],
    [
      'ERROR: No matching distribution found for tensorflow-cpu==2.21.0',
      /pip could not fetch.*No matching distribution/,
    ],
  ])('tells what pip says: %s', async (said, message) => {
    await expect(fetchWheel('TensorFlow', pin, pipThatSays(said), join(folder, 'downloads'))).rejects.toThrow(message);
  });

  it('does not begin what the disk cannot hold', () => {
    expect(() => refuseFullDisk('TensorFlow', pin, 1e6)).toThrow(/The disk is full.*needs 0\.1 GB.*0\.0 GB are free/);
    expect(() => refuseFullDisk('TensorFlow', pin, 2e9)).not.toThrow();
    expect(() => refuseFullDisk('TensorFlow', pin, undefined)).not.toThrow();
  });
});

describe('unpacking the wheel', () => {
  it('takes the libraries and the C headers only', async () => {
    const runtime = join(folder, 'runtime');
    await unpackWheel(wheel, runtime, pin);
    expect(readdirSync(join(runtime, 'lib')).sort()).toEqual(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
    expect(readdirSync(join(runtime, 'include'))).toEqual(['tensorflow']);
    expect(placeOf('tensorflow/python/huge.so', pin)).toBeUndefined();
  });

  it('leaves no runtime behind when the archive breaks off', async () => {
    const bytes = readFileSync(wheel);
    bytes.fill(0, 60, 90);
    writeFileSync(wheel, bytes);
    mkdirSync(join(folder, 'cache'));
    const runtime = join(folder, 'cache', 'cpu-2.21.0');
    await expect(makeFolder(runtime, (temporary) => unpackWheel(wheel, temporary, pin))).rejects.toThrow();
    expect(existsSync(runtime)).toBe(false);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('refuses a wheel without a library', async () => {
    makeZip(wheel, members.slice(1));
    await expect(unpackWheel(wheel, join(folder, 'runtime'), pin)).rejects.toThrow('holds no libtensorflow_cc.so.2');
  });
});
