import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import SQLite from 'better-sqlite3';
import { migrations } from './migrations/index.ts';
import { frame, normValue, runningRun, seriesValue, temporaryStore } from './store.fixture.ts';

const document = readFileSync(new URL('../../docs/file-format.md', import.meta.url), 'utf8');

function example(language: string): string {
  const code = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(document)?.[1];
  if (code === undefined) throw new Error(`docs/file-format.md has no ${language} example`);
  return code;
}

it.each([
  ['while the run trains', false],
  ['after it has ended', true],
])('the Python example reads a series and the norms of a step %s', (_, ended) => {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store, ['stem', 'stage1/conv', 'head']);
  for (let first = 1; first < 1700; first += 64) store.steps.append(id, attempt, frame(first, 64, 3), 1);
  if (ended) store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
  for (const step of [1, 64, 65, 1000, 1001, 1500, 1728]) {
    const output = execFileSync('python3', ['-c', example('python'), store.file, String(id), String(step)], {
      encoding: 'utf8',
    });
    const [steps, loss, ...norms] = output.trimEnd().split('\n');
    expect([Number(steps), Number(loss)]).toEqual([1728, seriesValue(step, 0)]);
    expect(norms.map((line) => line.split('='))).toEqual(
      ['stem', 'stage1/conv', 'head'].map((name, layer) => [name, normValue(step, layer).toFixed(2).replace(/0$/, '')]),
    );
  }
});

it('the SQL examples run, and every table and view of the file is described', () => {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 22), 1);
  const shell = new SQLite(store.file, { readonly: true });
  const rows = example('sql')
    .split(';')
    .filter((statement) => statement.trim() !== '')
    .map((statement) => shell.prepare(statement).all());
  expect(rows[0]).toMatchObject([{ id, name: 'resnet_v2_8', version: 'v2', depth: 8, seed: 1, state: 'running' }]);
  expect(rows[1]).toContainEqual({ name: 'learningRate', value: 0.1 });
  const names = shell
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all();
  for (const name of names) expect(document).toContain(name);
  expect(document).toContain(`now ${migrations.length}`);
  shell.close();
});
