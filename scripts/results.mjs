import { requireNode } from './setup/node.mjs';
import { inRoot, root } from './setup/paths.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { runChild } from './start/child.mjs';

/** `npm run results`: the report and the charts of docs/results, from the database that lies there. */
await stopOnFailure(async () => {
  await setUp();
  const { code } = await runChild(requireNode('Results'), [inRoot('scripts', 'results', 'write.mjs')], { cwd: root });
  process.exitCode = code;
});
