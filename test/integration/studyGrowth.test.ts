import { describe, expect, it } from 'vitest';
import { run, runJson, start, temporaryFolder } from './commandLine.ts';

const TINY = ['--batch-size', '32', '--max-steps', '2'];

interface Result {
  readonly rows: readonly { readonly series: string; readonly depth: number; readonly n: number }[];
  readonly runs: readonly { readonly runId: number; readonly status: string }[];
}

async function grown(folder: string, ...arguments_: string[]): Promise<Result> {
  const { code, json, stderr } = await runJson(folder, 'study', ...arguments_);
  expect(code, stderr).toBe(0);
  return json as unknown as Result;
}

const inShort = ({ rows }: Result) => rows.map(({ series, depth, n }) => `${series} ${depth}: ${n}`);

describe('a study', () => {
  it('grows by depths, seeds and a series, and trains only what it lacks', async () => {
    const folder = temporaryFolder();
    await grown(folder, '--versions', 'v2', '--depths', '8', '--seeds', '1', ...TINY);
    const deeper = await grown(folder, 'grow', '1', '--depths', '14', '--seeds', '2');
    expect(inShort(deeper)).toEqual(['v2 8: 2', 'v2 14: 2']);
    expect(deeper.runs.map(({ runId }) => runId)).toEqual([2, 3, 4]);
    const squeezed = await grown(folder, 'grow', '1', '--series', 'V2 SE', '--se', '16');
    expect(inShort(squeezed)).toEqual(['v2 8: 2', 'v2 14: 2', 'third 8: 2', 'third 14: 2']);
    expect(squeezed.runs).toHaveLength(4);
    const again = await run(folder, 'study', 'grow', '1', '--seeds', '2');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('has all of these runs already')]);
    const unnamed = await run(folder, 'study', 'grow', '1', '--se', '16');
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--series')]);
  });

  it('goes on where it was when its application was killed', async () => {
    const folder = temporaryFolder();
    const study = start(folder, 'study', '--depths', '8', '--seeds', '2', '--epochs', '2');
    await study.said(/1\/4 {2}run 1 /);
    study.child.kill('SIGKILL');
    await study.ended;
    const resumed = await grown(folder, 'resume', '1');
    expect(inShort(resumed)).toEqual(['v1 8: 2', 'v2 8: 2']);
    expect(resumed.runs.every(({ status }) => status === 'finished')).toBe(true);
    expect(resumed.runs.map(({ runId }) => runId)).not.toContain(1);
  });
});
