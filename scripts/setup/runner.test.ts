import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runSteps } from './runner.mjs';
import { scratch } from './scratch.fixture.ts';

function step(name: string, inPlace: boolean, log: string[]) {
  return {
    name,
    check: async () => inPlace,
    install: async (say: (what: string) => void) => {
      log.push(name);
      say('working');
      inPlace = true;
    },
  };
}

async function linesOf(work: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text).trimEnd());
    return true;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return lines;
}

describe('the set-up', () => {
  it('installs in their order the steps that are not in place', async () => {
    const log: string[] = [];
    const steps = [step('one', false, log), step('two', true, log), step('three', false, log)];
    const lines = await linesOf(() => runSteps(steps, { lockFile: join(scratch(), 'lock') }));
    expect(log).toEqual(['one', 'three']);
    expect(lines.map((line) => line.replace(/\d+\.\d s/, 'N s'))).toEqual([
      '[1/3] one: working',
      '[1/3] one: done (N s)',
      '[2/3] two: in place',
      '[3/3] three: working',
      '[3/3] three: done (N s)',
      'Set-up: done (N s).',
    ]);
  });

  it('prints nothing when everything is in place', async () => {
    const log: string[] = [];
    expect(await linesOf(() => runSteps([step('one', true, log)], { lockFile: join(scratch(), 'lock') }))).toEqual([]);
    expect(log).toEqual([]);
  });

  it('stops at the first step that fails, by its name', async () => {
    const log: string[] = [];
    const failing = {
      ...step('two', false, log),
      install: async () => Promise.reject(new Error('getaddrinfo ENOTFOUND')),
    };
    const steps = [failing, step('three', false, log)];
    const run = linesOf(() => runSteps(steps, { lockFile: join(scratch(), 'lock') }));
    await expect(run).rejects.toThrow(/Set-up stopped at "two".*did not answer.*Check the connection/);
    expect(log).toEqual([]);
  });

  it('does not believe a step whose result is not in place', async () => {
    const hollow = { name: 'hollow', check: async () => false, install: async () => undefined };
    const run = linesOf(() => runSteps([hollow], { lockFile: join(scratch(), 'lock') }));
    await expect(run).rejects.toThrow('not in place');
  });
});
