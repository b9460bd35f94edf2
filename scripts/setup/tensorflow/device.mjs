import { existsSync, readFileSync } from 'node:fs';
import { readJson, sha256, writeJson } from '../files.mjs';
import { inCache } from '../paths.mjs';
import { runtimePin } from './pins.mjs';

/** @typedef {'cpu' | 'gpu'} Variant */

/** Where NVIDIA's driver shows itself: on Linux, and on Linux in Windows. */
const driverFiles = ['/dev/nvidiactl', '/usr/lib/wsl/lib/libcuda.so.1'];
const driverVersionFile = '/proc/driver/nvidia/version';

/** Says that the GPU runtime was seen not to work with this driver, so that it is not fetched again. */
const refusalFile = () => inCache('setup', 'gpu-refused.json');

/**
 * Which TensorFlow this machine gets. `DEPTHLAB_DEVICE=cpu` or `gpu` decides; else the GPU's where an NVIDIA driver is
 * there, a runtime for it is pinned, and that runtime was not seen to fail with this driver.
 * @param {string} platform such as `linux-x64`
 * @param {{environment?: NodeJS.ProcessEnv, hasDriver?: boolean, isRefused?: boolean}} [machine] for tests
 * @returns {Variant}
 */
export function chooseVariant(platform, machine = {}) {
  const { environment = process.env, hasDriver = driverFiles.some((file) => existsSync(file)) } = machine;
  const wish = environment['DEPTHLAB_DEVICE'];
  if (wish === 'cpu') return 'cpu';
  if (runtimePin('gpu', platform) === undefined) return 'cpu';
  if (wish === 'gpu') return 'gpu';
  const { isRefused = readJson(refusalFile())?.refused === refusalKey(platform) } = machine;
  return hasDriver && !isRefused ? 'gpu' : 'cpu';
}

/** Whether the user asks for the GPU: then it is an error where it cannot be used. */
export const isGpuWished = () => process.env['DEPTHLAB_DEVICE'] === 'gpu';

/**
 * Remembers that the GPU runtime does not work with the driver that is there.
 * @param {string} platform
 * @param {string} reason
 */
export async function refuseGpu(platform, reason) {
  await writeJson(refusalFile(), { refused: refusalKey(platform), reason });
}

/** @param {string} platform */
function refusalKey(platform) {
  const driver = existsSync(driverVersionFile) ? readFileSync(driverVersionFile, 'utf8') : '';
  return sha256(`${runtimePin('gpu', platform)?.sha256}\0${driver}`);
}
