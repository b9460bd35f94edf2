import { lstatSync, readdirSync } from 'node:fs';
import { lstat, mkdir, readlink, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { toFailure, SetupFailure } from './failure.mjs';
import { freeBytes, makeFolder, readJson, sha256, writeJson } from './files.mjs';
import { checkTensorflow, compareFile, nativeTarget, stampFile, stampName } from './integrity.mjs';
import { requireNode } from './node.mjs';
import { inCache } from './paths.mjs';
import { bindingPath, bindingRecipe, buildBinding, tensorflowPackage } from './tensorflow/binding.mjs';
import { findCompiler } from './tensorflow/compiler.mjs';
import { chooseVariant, isGpuWished, refuseGpu } from './tensorflow/device.mjs';
import { runtimePin } from './tensorflow/pins.mjs';
import { proveTensorflow } from './tensorflow/proof.mjs';
import { findPip } from './tensorflow/python.mjs';
import { runVendorInstaller } from './tensorflow/vendor.mjs';
import { fetchWheel, refuseFullDisk, unpackCompanion, unpackWheel } from './tensorflow/wheel.mjs';

/** @typedef {import('./tensorflow/pins.mjs').RuntimePin} RuntimePin */
/** @typedef {import('./tensorflow/pins.mjs').WheelPin} WheelPin */
/** @typedef {import('./tensorflow/device.mjs').Variant} Variant */
/** @typedef {import('./step.mjs').Step} Step */

const name = 'TensorFlow';

/**
 * The runtimes for CPU and GPU lie side by side; a link in the npm package says which is used.
 * @param {Variant} variant
 * @param {RuntimePin} pin
 */
const runtimeFolder = (variant, pin) => inCache('tensorflow', `${variant}-${pin.version}`);

/** Says which installation was seen to compute, so that the proof is not repeated. */
const proofFile = () => inCache('setup', 'tensorflow.json');

/** @type {Step} */
export const tensorflow = {
  name,
  check,
  async install(say) {
    const variant = chooseVariant(nativeTarget());
    await installVariant(variant, say);
    const problem = await findProblem(variant, say);
    if (variant === 'cpu') refuseBroken(problem);
    else if (problem !== undefined) {
      if (isGpuWished()) throw gpuFailure(problem);
      say(`the GPU cannot be used, so the CPU is: ${causeOf(problem)}`);
      await refuseGpu(nativeTarget(), problem);
      await installVariant('cpu', say);
      refuseBroken(await findProblem('cpu', say));
    }
    await writeJson(proofFile(), { proven: proofKey() });
  },
};

async function check() {
  const variant = chooseVariant(nativeTarget());
  const pin = runtimePin(variant, nativeTarget());
  try {
    const found = checkTensorflow(tensorflowPackage());
    const isWanted = found.variant === variant && pin !== undefined && (await isRuntimeWhole(variant, pin));
    if (found.source === 'wheel' && !isWanted) return false;
    return readJson(proofFile())?.proven === proofKey();
  } catch {
    return false;
  }
}

/**
 * @param {Variant} variant
 * @param {(what: string) => void} say
 */
async function installVariant(variant, say) {
  const pin = runtimePin(variant, nativeTarget());
  const installed = pin && (await isRuntimeWhole(variant, pin));
  if (!installed) await installRuntime(variant, pin, say);
  if (pin && (await isRuntimeWhole(variant, pin))) await linkRuntime(variant, pin);
}

/**
 * Whether the runtime's folder holds what its stamp says, built from the sources that are there now.
 * @param {Variant} variant
 * @param {RuntimePin} pin
 */
async function isRuntimeWhole(variant, pin) {
  const folder = runtimeFolder(variant, pin);
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
 * @param {Variant} variant
 * @param {RuntimePin | undefined} pin
 * @param {(what: string) => void} say
 */
async function installRuntime(variant, pin, say) {
  const pip = await findPip();
  const compiler = await findCompiler();
  if (pin === undefined) return installFromVendor(`There is no TensorFlow wheel for ${nativeTarget()}`, say);
  if ('missing' in pip) return installFromVendor(pip.missing, say);
  if ('missing' in compiler) return installFromVendor(compiler.missing, say);

  const downloads = inCache('downloads', 'tensorflow');
  await mkdir(downloads, { recursive: true });
  refuseFullDisk(name, pin, await freeBytes(downloads));
  await makeFolder(runtimeFolder(variant, pin), async (folder) => {
    await bring(pin, pip, say, (wheel) => unpackWheel(wheel, folder, pin));
    /** @type {string[]} */
    const cuda = [];
    for (const companion of pin.companions ?? []) {
      await bring(companion, pip, say, async (wheel) => void cuda.push(...(await unpackCompanion(wheel, folder))));
    }
    say('building its binding');
    await buildBinding(name, pin, compiler, folder);
    await stampRuntime(variant, pin, folder, cuda);
  });
  await rm(downloads, { recursive: true, force: true });
}

/**
 * Fetches a wheel, has it unpacked and deletes it.
 * @param {WheelPin} pin
 * @param {{program: string, args: string[]}} pip
 * @param {(what: string) => void} say
 * @param {(wheel: string) => Promise<void>} unpack
 */
async function bring(pin, pip, say, unpack) {
  const folder = inCache('downloads', 'tensorflow', pin.project);
  say(`fetching ${pin.project} ${pin.version} (${Math.round(pin.bytes / 1e6)} MB)`);
  const wheel = await fetchWheel(name, pin, pip, folder);
  say('unpacking it');
  await unpack(wheel);
  await rm(folder, { recursive: true, force: true });
}

/**
 * @param {Variant} variant
 * @param {RuntimePin} pin
 * @param {string} folder
 * @param {readonly string[]} cuda files of CUDA in that folder
 */
async function stampRuntime(variant, pin, folder, cuda) {
  const paths = [...pin.libraries.map((library) => `lib/${library.name}`), bindingPath, ...cuda];
  const files = paths.map((path) => stampFile(folder, path));
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
 * @param {Variant} variant
 * @param {RuntimePin} pin
 */
async function linkRuntime(variant, pin) {
  const folder = runtimeFolder(variant, pin);
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
  const problem = await proveTensorflow(requireNode(name), 'cpu');
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
  const about = { source: 'vendor', variant: 'cpu', platform: nativeTarget(), version, recipe: 'vendor' };
  await writeJson(join(folder, stampName), { ...about, files });
}

/**
 * @param {Variant} variant
 * @param {(what: string) => void} say
 */
function findProblem(variant, say) {
  say(`computing with it once on the ${variant.toUpperCase()}`);
  return proveTensorflow(requireNode(name), variant);
}

/** @param {string} problem the end of what a program wrote */
function causeOf(problem) {
  return problem.split('\n').find((line) => /^\w*Error: /.test(line)) ?? problem;
}

/** @param {string} problem */
function gpuFailure(problem) {
  return new SetupFailure(
    name,
    `DEPTHLAB_DEVICE asks for the GPU, and TensorFlow cannot use it: ${causeOf(problem)}`,
    "Install or update NVIDIA's driver (nvidia-smi shows it), or leave DEPTHLAB_DEVICE out to train on the CPU",
  );
}

/** @param {string | undefined} problem */
function refuseBroken(problem) {
  if (problem === undefined) return;
  throw new SetupFailure(
    name,
    `TensorFlow was installed but does not run here:\n${problem}\n`,
    'A CPU without AVX, or an old C library, are the usual reasons; report this message if yours is current',
  );
}

function proofKey() {
  const stamp = readJson(join(tensorflowPackage(), 'deps', stampName));
  return sha256(
    JSON.stringify([stamp?.recipe, stamp?.files?.map((/** @type {any} */ file) => file.sha256), requireNode(name)]),
  );
}
