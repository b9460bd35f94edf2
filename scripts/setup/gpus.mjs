import { execFileSync } from 'node:child_process';

/**
 * The NVIDIA GPUs with their driver, as `nvidia-smi` tells them; none where it does not run. This file uses Node's own
 * modules only, so that it can be bundled.
 * @returns {string[]}
 */
export function listGpus() {
  const wanted = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  try {
    const told = execFileSync('nvidia-smi', wanted, {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return readGpuList(told);
  } catch {
    return [];
  }
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
