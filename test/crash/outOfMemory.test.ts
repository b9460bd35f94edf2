import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { start, temporaryFolder } from '../integration/commandLine.ts';
import { childrenOf } from './processes.ts';

/** Where a group of processes with a memory limit can be made (cgroup version 1, as root). */
const GROUPS = '/sys/fs/cgroup/memory';
const LIMIT_BYTES = 250e6;

/** A group of processes that may use so much memory together, and no swap. */
function limitedGroup(name: string): string {
  const group = join(GROUPS, name);
  mkdirSync(group);
  writeFileSync(join(group, 'memory.limit_in_bytes'), String(LIMIT_BYTES));
  return group;
}

function whyNoLimit(): string | null {
  try {
    rmdirSync(limitedGroup(`depthlab-probe-${process.pid}`));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const refused = whyNoLimit();
if (refused !== null) process.stderr.write(`The test of a memory limit is left out: ${refused}\n`);

describe.skipIf(refused !== null)('a trainer that runs out of memory', () => {
  it('ends its run alone, with what was needed and had', async () => {
    const group = limitedGroup(`depthlab-test-${process.pid}`);
    const grid = ['--versions', 'v2', '--depths', '110', '--seeds', '1', '--batch-size', '512', '--max-steps', '5'];
    const command = start(temporaryFolder(), 'study', ...grid, '--json');
    onTestFinished(async () => {
      await command.ended;
      await sleep(200);
      rmdirSync(group);
    });
    await command.said(/preparing|queued/);
    while (childrenOf(command.child.pid!).length === 0) await sleep(5);
    writeFileSync(join(group, 'cgroup.procs'), String(childrenOf(command.child.pid!)[0]!));
    const { code, stdout, stderr } = await command.ended;
    expect(code, stderr).toBe(1);
    const { runs } = JSON.parse(stdout) as { runs: { status: string; reason: string }[] };
    expect(runs[0]!.status).toBe('failed');
    expect(runs[0]!.reason).toMatch(
      /out of memory.*It had reached 0\.\d GB\. A step needs about \d+\.\d GB by estimate\. There are \d+\.\d GB of memory/s,
    );
  });
});
