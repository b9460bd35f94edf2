import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, runJson, start, temporaryFolder } from './commandLine.ts';

const SPACE = `
stem: { width: { choose: [4, 8] } }
stages:
  - blocks: [{ kind: basic, width: { choose: [4, 8, 12] }, repeat: 1 }]
`;
const TINY = ['--batch-size', '32', '--max-steps', '2'];

function spaceIn(folder: string, text = SPACE): string {
  const file = join(folder, 'space.yaml');
  writeFileSync(file, text);
  return file;
}

describe('search', () => {
  it('tries architectures one after another as the runs of a study, and writes the best', async () => {
    const folder = temporaryFolder();
    const best = join(folder, 'best.yaml');
    const evolution = ['--trials', '5', '--population', '2', '--sample', '2', '--best', best];
    const { code, json, stderr } = await runJson(folder, 'search', '--space', spaceIn(folder), ...evolution, ...TINY);
    expect(code, stderr).toBe(0);
    const trials = json['trials'] as { runId: number; name: string; status: string; validationAccuracy: number }[];
    expect(trials.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'finished'));
    expect(new Set(trials.map(({ name }) => name.replace(/^trial \d+: /, ''))).size).toBe(5);
    expect(trials).toEqual(trials.toSorted((one, other) => other.validationAccuracy - one.validationAccuracy));
    expect(json).toMatchObject({ studyId: 1, strategy: 'evolution', best: { runId: trials[0]!.runId } });

    const listed = await runJson(folder, 'runs', 'list');
    expect(JSON.stringify(listed.json)).toContain(trials[0]!.name);
    const described = await runJson(folder, 'describe', '--config', best);
    expect(described.code, described.stderr).toBe(0);
    expect(readFileSync(best, 'utf8')).toContain('kind: basic');
    const exported = await run(folder, 'export', '--study', '1', '--format', 'csv');
    expect([exported.code, exported.stderr]).toEqual([2, expect.stringContaining('is a search')]);
  });

  it('refuses a space that leaves nothing open, and architectures that are all too large', async () => {
    const folder = temporaryFolder();
    const closed = await run(folder, 'search', '--space', spaceIn(folder, 'stem: { width: 8 }'));
    expect([closed.code, closed.stderr]).toEqual([2, expect.stringContaining('leaves nothing open')]);
    const large = await run(folder, 'search', '--space', spaceIn(folder), '--max-parameters', '10');
    expect([large.code, large.stderr]).toEqual([2, expect.stringContaining('parameters, more than 10')]);
    const unsplit = await run(folder, 'search', '--space', spaceIn(folder), '--validation-share', '0');
    expect([unsplit.code, unsplit.stderr]).toEqual([2, expect.stringContaining('--validation-share')]);
    const missing = await run(folder, 'search', '--space', join(folder, 'none.yaml'));
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('--space')]);
  });

  it('tries nothing more after Ctrl-C', async () => {
    const folder = temporaryFolder();
    const command = start(
      folder,
      'search',
      '--space',
      spaceIn(folder),
      '--population',
      '2',
      '--epochs',
      '1000',
      '--json',
    );
    await command.said(/step [1-9]/);
    command.child.kill('SIGINT');
    const { code, stdout } = await command.ended;
    expect(code).toBe(130);
    const { trials, best } = JSON.parse(stdout) as { trials: { status: string }[]; best: unknown };
    expect(trials.map(({ status }) => status)).toEqual(['stopped', 'stopped']);
    expect(best).toBeNull();
  });
});
