import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand, tail } from '../command.mjs';
import { inModules } from '../paths.mjs';
import { tensorflowPackage } from './binding.mjs';

/**
 * The package's own installer: TensorFlow 2.9.1 and a ready-made binding from its vendor's server. Used where there is no
 * pinned wheel for the platform, no pip or no compiler. Its exit code says nothing (it is 0 after a failed download), so
 * the caller proves the result.
 * @param {string} node
 * @returns {Promise<string>} the end of its output
 */
export async function runVendorInstaller(node) {
  const folder = tensorflowPackage();
  await rm(join(folder, 'deps'), { recursive: true, force: true });
  await rm(join(folder, 'lib'), { recursive: true, force: true });
  const tools = [join(folder, 'node_modules', '.bin'), inModules('.bin')];
  const { output } = await runCommand(node, [join('scripts', 'install.js'), 'cpu', 'download'], {
    cwd: folder,
    env: { ...process.env, PATH: [...tools, process.env['PATH'] ?? ''].join(delimiter) },
    timeoutMs: 20 * 60_000,
  });
  return tail(output, 3);
}
