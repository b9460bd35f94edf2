import { lstatSync, readdirSync } from 'node:fs';
import { lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { toFailure, SetupFailure } from './failure.mjs';
import { makeFolder, readJson, sha256, writeJson } from './files.mjs';
import { checkTensorflow, compareFile, nativeTarget, stampFile, stampName } from './integrity.mjs';
import { requireNode } from './node.mjs';
import { inCache } from './paths.mjs';
import { bindingPath, bindingRecipe, buildBinding, tensorflowPackage } from './tensorflow/binding.mjs';
import { findCompiler } from './tensorflow/compiler.mjs';
import { runtimePin } from './tensorflow/pins.mjs';
import { proveTensorflow } from './tensorflow/proof.mjs';
import { findPip } from './tensorflow/python.mjs';
import { runVendorInstaller } from './tensorflow/vendor.mjs';
import { fetchWheel, unpackWheel } from './tensorflow/wheel.mjs';

/** @typedef {import('./tensorflow/pins.mjs').RuntimePin} RuntimePin */
/** @typedef {import('./step.mjs').Step} Step */

const name = 'TensorFlow';

/** A GPU runtime would be a second folder beside this one, with a pin of its own. */
const variant = 'cpu';

/** @param {RuntimePin} pin */
const runtimeFolder = (pin) => inCache('tensorflow', `${variant}-${pin.version}`);

/** Says which installation was seen to compute, so that the proof is not repeated. */
const proofFile = () => inCache('setup', 'tensorflow.json');

/** @type {Step} */
export const tensorflow = {
  name,
  check,
  async install(say) {
    const pin = runtimePin(variant, nativeTarget());
    const installed = pin && (await isRuntimeWhole(pin));
    if (!installed) await installRuntime(pin, say);
    if (pin && (await isRuntimeWhole(pin))) await linkRuntime(pin);
    await prove(say);
  },
};

async function check() {
  const pin = runtimePin(variant, nativeTarget());
  try {
    const { source } = checkTensorflow(tensorflowPackage());
    if (source === 'wheel' && !(pin && (await isRuntimeWhole(pin)))) return false;
    return readJson(proofFile())?.proven === proofKey();
  } catch {
    return false;
  }
}

/**
 * Whether the runtime's folder holds what its stamp says, built from the sources that are there now.
 * @param {RuntimePin} pin
 */
async function isRuntimeWhole(pin) {
  const folder = runtimeFolder(pin);
  const stamp = readJson(join(folder, stampName));
  if (stamp?.source !== 'wheel' || stamp.recipe !== (await bindingRecipe(pin))) return false;
  /** @type {import('./integrity.mjs').StampedFile[]} */
  const files = stamp.files;
  const states = files.map((file) => compareFile(folder, file));
  if (states.some((state) => state === 'changed' || state === 'missing')) return false;
  if (states.includes('same bytes')) {
    const seenAnew = files.map(({ path }) => stampFile(folder, path));
    await writeJson(join(folder, stampName), { ...stamp, files: seenAnew });
  }
  return true;
}

/**
 * @param {RuntimePin | undefined} pin
 * @param {(what: string) => void} say
 */
async function installRuntime(pin, say) {
  const pip = await findPip();
  const compiler = await findCompiler();
  if (pin === undefined) return installFromVendor(`There is no TensorFlow wheel for ${nativeTarget()}`, say);
  if ('missing' in pip) return installFromVendor(pip.missing, say);
  if ('missing' in compiler) return installFromVendor(compiler.missing, say);

  say(`fetching ${pin.project} ${pin.version} (${Math.round(pin.bytes / 1e6)} MB)`);
  const downloads = inCache('downloads', 'tensorflow');
  const wheel = await fetchWheel(name, pin, pip, downloads);
  await makeFolder(runtimeFolder(pin), async (folder) => {
    say('unpacking it');
    await unpackWheel(wheel, folder, pin);
    say('building its binding');
    await buildBinding(name, pin, compiler, folder);
    await stampRuntime(pin, folder);
  });
  await rm(downloads, { recursive: true, force: true });
}

/**
 * @param {RuntimePin} pin
 * @param {string} folder
 */
async function stampRuntime(pin, folder) {
  const files = [...pin.libraries.map((library) => `lib/${library.name}`), bindingPath].map((path) =>
    stampFile(folder, path),
  );
  for (const { name: library, sha256: pinned } of pin.libraries) {
    if (files.find(({ path }) => path === `lib/${library}`)?.sha256 !== pinned) {
      throw new SetupFailure(name, `${library} has a wrong checksum`, 'Start again; the library will be fetched anew');
    }
  }
  const recipe = await bindingRecipe(pin);
  const about = { source: 'wheel', variant, platform: nativeTarget(), version: pin.version, recipe };
  await writeJson(join(folder, stampName), { ...about, files });
}

/**
 * Puts the runtime where the npm package looks for it. Links, so that `npm ci` loses nothing but them.
 * @param {RuntimePin} pin
 */
async function linkRuntime(pin) {
  const folder = runtimeFolder(pin);
  await link(folder, join(tensorflowPackage(), 'deps'));
  await link(join(folder, 'napi-v8'), join(tensorflowPackage(), 'lib', 'napi-v8'));
}

/**
 * @param {string} target
 * @param {string} at
 */
async function link(target, at) {
  await mkdir(dirname(at), { recursive: true });
  const path = relative(dirname(at), target);
  const found = await lstat(at).catch(() => undefined);
  if (found?.isSymbolicLink() && (await readlink(at)) === path) return;
  await rm(at, { recursive: true, force: true });
  await symlink(process.platform === 'win32' ? target : path, at, 'junction');
}

/**
 * @param {string} reason why the wheel's way is closed
 * @param {(what: string) => void} say
 */
async function installFromVendor(reason, say) {
  say(`${reason}; trying the vendor's own installer`);
  const end = await runVendorInstaller(requireNode(name));
  const problem = await proveTensorflow(requireNode(name));
  if (problem !== undefined) {
    const failure = toFailure(name, new Error(end));
    throw new SetupFailure(
      name,
      `${reason}, and the vendor's own installer failed as well (${failure.why})`,
      'Install Python 3 with pip and a C++ compiler (Debian: apt install python3-pip g++; macOS: xcode-select --install) and start again',
    );
  }
  const folder = join(tensorflowPackage(), 'deps');
  const { version } = readJson(join(tensorflowPackage(), 'package.json'));
  const libraries = readdirSync(join(folder, 'lib')).filter((file) => lstatSync(join(folder, 'lib', file)).isFile());
  const paths = [...libraries.map((file) => `lib/${file}`), '../lib/napi-v8/tfjs_binding.node'];
  const files = paths.map((path) => stampFile(folder, path));
  const about = { source: 'vendor', variant, platform: nativeTarget(), version, recipe: 'vendor' };
  await writeJson(join(folder, stampName), { ...about, files });
}

/** @param {(what: string) => void} say */
async function prove(say) {
  say('computing with it once');
  const problem = await proveTensorflow(requireNode(name));
  if (problem !== undefined) {
    throw new SetupFailure(
      name,
      `TensorFlow was installed but does not run here:\n${problem}\n`,
      'A CPU without AVX, or an old C library, are the usual reasons; report this message if yours is current',
    );
  }
  await writeJson(proofFile(), { proven: proofKey() });
}

function proofKey() {
  const stamp = readJson(join(tensorflowPackage(), 'deps', stampName));
  return sha256(
    JSON.stringify([stamp?.recipe, stamp?.files?.map((/** @type {any} */ file) => file.sha256), requireNode(name)]),
  );
}
