import { readFileSync } from 'node:fs';
import { runCommand } from './setup/command.mjs';
import { requireNode } from './setup/node.mjs';
import { inModules, inRoot, root } from './setup/paths.mjs';
import { stopOnFailure } from './setup/stop.mjs';

/** Projects that hold Vue components, or tests that import them. */
const withVue = ['tsconfig.renderer.json', 'tsconfig.browserTests.json'];

/** TS18003: a project whose folders do not exist yet. */
const noInputs = /error TS18003/;

await stopOnFailure(async () => {
  /** @type {{references: {path: string}[]}} */
  const { references } = JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8'));
  const results = await inPairs(
    references.map(({ path }) => path.replace('./', '')),
    check,
  );
  for (const { project, output } of results.filter(({ ok }) => !ok)) process.stdout.write(`${project}\n${output}\n`);
  const failed = results.filter(({ ok }) => !ok).length;
  process.stdout.write(
    failed === 0 ? `Types hold in ${results.length} projects.\n` : `Types fail in ${failed} projects.\n`,
  );
  if (failed > 0) process.exitCode = 1;
});

/** @param {string} project */
async function check(project) {
  const compiler = withVue.includes(project)
    ? inModules('vue-tsc', 'bin', 'vue-tsc.js')
    : inModules('typescript', 'bin', 'tsc');
  const { code, output } = await runCommand(requireNode('Types'), [compiler, '--noEmit', '-p', project], { cwd: root });
  return { project, output, ok: code === 0 || noInputs.test(output) };
}

/**
 * Two at a time: each compiler takes a core and half a gigabyte.
 * @template T
 * @param {readonly string[]} items
 * @param {(item: string) => Promise<T>} work
 * @returns {Promise<T[]>}
 */
async function inPairs(items, work) {
  const queue = [...items];
  /** @type {T[]} */
  const done = [];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) done.push(await work(item));
  };
  await Promise.all([worker(), worker()]);
  return done;
}
