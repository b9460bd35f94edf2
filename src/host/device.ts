import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { listGpus } from '../../scripts/setup/gpus.mjs';
import { checkTensorflow } from '../../scripts/setup/integrity.mjs';

let known: string | undefined;

/** What this machine's trainers compute on: `GPU: NVIDIA H100 80GB HBM3 (driver 570.86.15)` or `CPU: AMD EPYC 7R13`. */
export function trainingDevice(): string {
  known ??= nameDevice(usesGpuRuntime() ? listGpus() : []);
  return known;
}

/** The first GPU is the one that TensorFlow takes. */
export function nameDevice([first]: readonly string[]): string {
  return first === undefined ? `CPU: ${cpus()[0]?.model.trim() ?? 'unknown'}` : `GPU: ${first}`;
}

function usesGpuRuntime(): boolean {
  if (process.env['DEPTHLAB_DEVICE'] === 'cpu') return false;
  try {
    const packageFile = createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json');
    return checkTensorflow(dirname(packageFile)).variant === 'gpu';
  } catch {
    // A trainer that starts says what is wrong with TensorFlow.
    return false;
  }
}
