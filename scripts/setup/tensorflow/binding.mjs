import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tail } from '../command.mjs';
import { knownCause, SetupFailure } from '../failure.mjs';
import { sha256 } from '../files.mjs';
import { inModules } from '../paths.mjs';

/** @typedef {import('./pins.mjs').RuntimePin} RuntimePin */

const napiVersion = 8;
const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'];

/** The npm package whose binding is built and which loads it. */
export const tensorflowPackage = () => inModules('@tensorflow', 'tfjs-node-gpu');

/** Where the binding lies in a runtime's folder. */
export const bindingPath = 'napi-v8/tfjs_binding.node';

/**
 * A hash of everything that the binding is made from: when it changes, the binding is built anew.
 * @param {RuntimePin} pin
 */
export async function bindingRecipe(pin) {
  const folder = join(tensorflowPackage(), 'binding');
  const parts = [pin.sha256, compilerArguments(pin, process.platform, '').join(' ')];
  for (const name of (await readdir(folder)).sort()) parts.push(name, await readFile(join(folder, name), 'utf8'));
  parts.push(await readFile(inModules('node-api-headers', 'package.json'), 'utf8'));
  return sha256(parts.join('\0'));
}

/**
 * Builds the N-API binding by one call of the compiler. N-API needs four headers of Node's and no Node library, so that
 * neither node-gyp nor Node's own headers are called for.
 * @param {string} step
 * @param {RuntimePin} pin
 * @param {{program: string}} compiler
 * @param {string} folder the runtime's folder, with `lib/` and `include/`
 */
export async function buildBinding(step, pin, compiler, folder) {
  await mkdir(join(folder, 'napi-v8'), { recursive: true });
  const { code, output } = await runCommand(compiler.program, compilerArguments(pin, process.platform, folder));
  if (code === 0) return;
  const known = knownCause(output);
  throw new SetupFailure(
    step,
    `${known?.cause ?? 'The TensorFlow binding could not be compiled'}:\n${tail(output)}\n`,
    known?.remedy ??
      'Install a current C++ compiler (Debian: apt install g++; macOS: xcode-select --install) and start again',
  );
}

/**
 * @param {RuntimePin} pin
 * @param {string} platform
 * @param {string} folder
 * @returns {string[]}
 */
function compilerArguments(pin, platform, folder) {
  const packageFolder = tensorflowPackage();
  const rpath = (/** @type {string} */ origin) => [
    `-Wl,-rpath,${origin}/../lib`,
    `-Wl,-rpath,${origin}/../../deps/lib`,
  ];
  const shared =
    platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup', ...rpath('@loader_path')]
      : ['-shared', ...rpath('$ORIGIN')];
  return [
    ...['-std=c++17', '-O2', '-fPIC', `-DNAPI_VERSION=${napiVersion}`, '-DBUILDING_NODE_EXTENSION'],
    ...['-I', inModules('node-api-headers', 'include'), '-I', join(folder, 'include')],
    ...sources.map((name) => join(packageFolder, 'binding', name)),
    ...pin.libraries.map(({ name }) => join(folder, 'lib', name)),
    ...shared,
    ...['-o', join(folder, bindingPath)],
  ];
}
