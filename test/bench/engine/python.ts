import { spawnSync } from 'node:child_process';

/** A Python that has torch; a network of its own would be slow to install and is nobody's wish. */
export const python = process.env['DEPTHLAB_TORCH_PYTHON'] ?? 'python3';

/** Null where Python has the module, else a sentence for the note. */
export function missingFromPython(module: 'torch' | 'torchvision'): string | null {
  if (spawnSync(python, ['-c', `import ${module}`]).status === 0) return null;
  return `PyTorch was left out: ${python} has no ${module}; name one that has it in DEPTHLAB_TORCH_PYTHON`;
}
