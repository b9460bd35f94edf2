import { requireNode } from './setup/node.mjs';
import { inRoot, root } from './setup/paths.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';

await stopOnFailure(async () => {
  await setUp();
  const words = [inRoot('test', 'reliability', 'main.ts'), ...process.argv.slice(2)];
  const { code } = await runChild(requireNode('Reliability'), words, { cwd: root, env: process.env });
  process.exitCode = code;
});
