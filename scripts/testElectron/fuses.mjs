import { open } from 'node:fs/promises';

/** Electron's fuse wire: this sentinel, a version byte, a length byte, then one ASCII digit a fuse. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');

const inspectArguments = 3;
const ownSnapshot = 6;

/**
 * Switches Node's `--inspect` on, which Playwright needs, and the application's own V8 snapshot off, which is not unpacked.
 * @param {string} binary
 */
export async function setFuses(binary) {
  const handle = await open(binary, 'r+');
  try {
    const wire = (await findSentinel(handle)) + sentinel.length + 2;
    await flip(handle, wire + inspectArguments, '0', '1');
    await flip(handle, wire + ownSnapshot, '1', '0');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @returns {Promise<number>}
 */
async function findSentinel(handle) {
  const block = Buffer.alloc(8 << 20);
  const step = block.length - sentinel.length;
  for (let at = 0; ; at += step) {
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    const found = block.subarray(0, bytesRead).indexOf(sentinel);
    if (found >= 0) return at + found;
    if (bytesRead < block.length) throw new Error('This binary has no Electron fuses');
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} at
 * @param {string} from
 * @param {string} to
 */
async function flip(handle, at, from, to) {
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  if (byte.toString() !== from && byte.toString() !== to)
    throw new Error(`Electron's fuse at byte ${at} is ${byte[0]}`);
  await handle.write(Buffer.from(to), 0, 1, at);
}
