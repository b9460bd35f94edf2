import { inRoot, root } from './setup/paths.mjs';
import { requireNode } from './setup/node.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';

await stopOnFailure(async () => {
  await setUp();
  const { code } = await runChild(
    requireNode('Bench'),
    [inRoot('test', 'bench', 'main.ts'), ...process.argv.slice(2)],
    { cwd: root },
  );
  process.exitCode = code;
});
