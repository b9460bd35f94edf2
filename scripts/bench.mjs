import { requireNode } from './setup/node.mjs';
import { inRoot, root } from './setup/paths.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';
import { browserEnvironment, electronEnvironment } from './test/machine.mjs';

await stopOnFailure(async () => {
  await setUp();
  // Without a browser or an Electron the benchmark says what it left out.
  const shells = [await browserEnvironment(), await electronEnvironment()].filter((shell) => 'env' in shell);
  const wrapper = shells.flatMap((shell) => shell.wrapper ?? []);
  const main = [requireNode('Bench'), inRoot('test', 'bench', 'main.ts'), ...process.argv.slice(2)];
  const [program = '', ...words] = [...wrapper, ...main];
  const { code } = await runChild(program, words, {
    cwd: root,
    env: Object.assign({}, process.env, ...shells.map(({ env }) => env)),
  });
  process.exitCode = code;
});
