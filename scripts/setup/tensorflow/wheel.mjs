import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tail } from '../command.mjs';
import { knownCause, SetupFailure } from '../failure.mjs';
import { isFile, sha256OfFile } from '../files.mjs';
import { unzip } from '../zip.mjs';

/** @typedef {import('./pins.mjs').RuntimePin} RuntimePin */
/** @typedef {import('./pins.mjs').WheelPin} WheelPin */

const headerFolders = ['tensorflow/c/', 'tensorflow/core/platform/ctstring', 'tsl/platform/ctstring', 'xla/tsl/c/'];

/**
 * Refuses to begin what the disk cannot hold: all that is unpacked, and beside it the wheel that is being unpacked.
 * @param {string} step
 * @param {RuntimePin} pin
 * @param {number | undefined} free bytes
 */
export function refuseFullDisk(step, pin, free) {
  const wheels = [pin, ...(pin.companions ?? [])];
  const unpacked = wheels.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  const needed = unpacked + Math.max(...wheels.map(({ bytes }) => bytes)) + 100e6;
  if (free === undefined || free >= needed) return;
  const withoutGpu = pin.companions === undefined ? '' : '; or do without the GPU: set DEPTHLAB_DEVICE=cpu';
  throw new SetupFailure(
    step,
    `The disk is full: TensorFlow needs ${gigabytes(needed)} while it is unpacked and ${gigabytes(free)} are free`,
    `Free the space on the disk that holds this folder and start again; finished steps are kept${withoutGpu}`,
  );
}

/** @param {number} bytes */
const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Fetches the pinned wheel with pip. A wheel that an interrupted set-up had already fetched is taken when its hash holds.
 * @param {string} step
 * @param {WheelPin} pin
 * @param {{program: string, args: string[]}} pip
 * @param {string} folder where the wheel is kept until it is unpacked
 * @returns {Promise<string>} the wheel
 */
export async function fetchWheel(step, pin, pip, folder) {
  const kept = join(folder, `${pin.sha256.slice(0, 16)}.whl`);
  if (isFile(kept) && (await sha256OfFile(kept)) === pin.sha256) return kept;
  await rm(folder, { recursive: true, force: true });
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });

  const { code, output } = await runCommand(pip.program, [...pip.args, ...downloadArguments(pin, incoming)], {
    env: { ...process.env, TMPDIR: incoming, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
  });
  if (code !== 0) throw pipFailure(step, pin, output);
  const wheel = (await readdir(incoming)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw pipFailure(step, pin, 'pip ended without an error and without a file');
  await refuseWrongChecksum(step, join(incoming, wheel), pin);
  await rename(join(incoming, wheel), kept);
  await rm(incoming, { recursive: true, force: true });
  return kept;
}

/**
 * @param {WheelPin} pin
 * @param {string} folder
 */
function downloadArguments(pin, folder) {
  const exactly = [
    '--no-deps',
    '--only-binary=:all:',
    '--implementation',
    'cp',
    '--python-version',
    '3.11',
    '--abi',
    'cp311',
  ];
  const where = ['--platform', pin.tag, '--dest', folder];
  return ['download', '--quiet', '--progress-bar', 'off', ...exactly, ...where, `${pin.project}==${pin.version}`];
}

/**
 * @param {string} step
 * @param {WheelPin} pin
 * @param {string} output
 */
function pipFailure(step, pin, output) {
  const known = knownCause(output);
  const last = tail(output, 1);
  return new SetupFailure(
    step,
    `${known?.cause ?? `pip could not fetch ${pin.project} ${pin.version}`} (pip said: ${last})`,
    known?.remedy ?? `Try "python3 -m pip download --no-deps ${pin.project}==${pin.version}" by hand, then start again`,
  );
}

/**
 * @param {string} step
 * @param {string} file
 * @param {WheelPin} pin
 */
async function refuseWrongChecksum(step, file, pin) {
  const found = await sha256OfFile(file);
  if (found === pin.sha256) return;
  await rm(file, { force: true });
  throw new SetupFailure(
    step,
    `The file fetched for ${pin.project} ${pin.version} has a wrong checksum (${found} in place of ${pin.sha256}) and was deleted`,
    'Start again; if it happens again, a proxy, a mirror or pip settings such as find-links put another file in its place',
  );
}

/**
 * Unpacks the two libraries and the C headers: 0.85 GB of the wheel's 1.6 GB.
 * @param {string} wheel
 * @param {string} folder receives `lib/` and `include/`
 * @param {RuntimePin} pin
 */
export async function unpackWheel(wheel, folder, pin) {
  const written = await unzip(wheel, folder, (name) => placeOf(name, pin));
  for (const { name } of pin.libraries) {
    if (!isFile(join(folder, 'lib', name)))
      throw new Error(`The wheel holds no ${name} (${written} files were unpacked)`);
  }
}

/**
 * @param {string} name
 * @param {RuntimePin} pin
 * @returns {string | undefined}
 */
export function placeOf(name, pin) {
  const library = pin.libraries.find((one) => name === `tensorflow/${one.name}`);
  if (library !== undefined) return `lib/${library.name}`;
  const header = 'tensorflow/include/';
  if (name.startsWith(header) && headerFolders.some((folder) => name.startsWith(header + folder))) {
    return `include/${name.slice(header.length)}`;
  }
  return undefined;
}

/**
 * Unpacks CUDA's libraries where TensorFlow's GPU build looks for them, beside its own folder: `nvidia/cublas/lib`.
 * @param {string} wheel
 * @param {string} folder the runtime's folder
 * @returns {Promise<string[]>} the files, relative to that folder
 */
export async function unpackCompanion(wheel, folder) {
  /** @type {string[]} */
  const files = [];
  await unzip(wheel, folder, (name) => {
    if (!cudaFiles.test(name)) return undefined;
    files.push(name);
    return name;
  });
  if (files.length === 0) throw new Error('The wheel holds no library');
  return files;
}

/** Libraries, and of CUDA's compiler what XLA calls and reads. */
const cudaFiles = /^nvidia\/[^/]+\/lib\/[^/]+\.so[^/]*$|^nvidia\/cuda_nvcc\/(?:bin|nvvm)\/.+$/;
