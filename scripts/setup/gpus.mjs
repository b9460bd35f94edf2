import { execFileSync } from 'node:child_process';

/**
 * The NVIDIA GPUs with their driver, as `nvidia-smi` tells them; none where it does not run. This file uses Node's own
 * modules only, so that it can be bundled.
 * @returns {string[]}
 */
export function listGpus() {
  return readGpuList(ask('name,driver_version'));
}

/**
 * Memory of each GPU in bytes; none where `nvidia-smi` does not run.
 * @returns {{ total: number, free: number }[]}
 */
export function listGpuMemory() {
  return readGpuMemory(ask('memory.total,memory.free'));
}

/**
 * @param {string} fields
 * @returns {string} a line for each GPU; empty where there is none
 */
function ask(fields) {
  try {
    return execFileSync('nvidia-smi', [`--query-gpu=${fields}`, '--format=csv,noheader'], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

/**
 * @param {string} text lines such as `81559 MiB, 80994 MiB`
 * @returns {{ total: number, free: number }[]} bytes
 */
export function readGpuMemory(text) {
  return text
    .split('\n')
    .map((line) => /^(\d+) MiB, (\d+) MiB$/.exec(line.trim()))
    .flatMap((match) =>
      match === null ? [] : [{ total: 2 ** 20 * Number(match[1]), free: 2 ** 20 * Number(match[2]) }],
    );
}

/**
 * @param {string} text lines such as `NVIDIA H100 80GB HBM3, 570.86.15`
 * @returns {string[]} `NVIDIA H100 80GB HBM3 (driver 570.86.15)`
 */
export function readGpuList(text) {
  return text
    .split('\n')
    .map((line) => /^(.+), ([\d.]+)$/.exec(line.trim()))
    .flatMap((match) => (match === null ? [] : [`${match[1]} (driver ${match[2]})`]));
}
