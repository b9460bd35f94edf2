import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../setup/paths.mjs';
import { countTests, inWords, sum } from './counts.mjs';
import { chooseSuites, suites } from './suites.mjs';

const file = (status: string, tests: string[]) => ({ status, assertionResults: tests.map((one) => ({ status: one })) });

describe('counting tests', () => {
  it('adds what the report says', () => {
    const report = {
      testResults: [file('passed', ['passed', 'skipped', 'todo']), file('failed', ['passed', 'failed'])],
    };
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that fails outside of its tests', () => {
    expect(countTests({ testResults: [file('failed', [])] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('never reads a crash as green', () => {
    expect(countTests(undefined, 139)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countTests({ testResults: [file('passed', ['passed'])] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('is fine with a suite that has no tests yet', () => {
    expect(countTests({ testResults: [] }, 0)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });

  it('ends in one line', () => {
    const total = sum([
      { passed: 100, failed: 0, skipped: 1 },
      { passed: 23, failed: 0, skipped: 1 },
    ]);
    expect(inWords(total)).toBe('123 passed, 0 failed, 2 skipped');
  });
});

describe('choosing suites', () => {
  const names = (argv: string[]) => chooseSuites(argv).chosen.map(({ name }) => name);

  it('takes all by default, in their order', () => {
    expect(names([])).toEqual(['unit', 'oracle', 'latex', 'integration', 'crash', 'e2e-web', 'e2e-electron']);
    expect(names(['-t', 'unit'])).toHaveLength(7);
  });

  it('takes the named ones and passes the rest on', () => {
    expect(names(['oracle', 'unit'])).toEqual(['unit', 'oracle']);
    expect(names(['e2e'])).toEqual(['e2e-web', 'e2e-electron']);
    expect(chooseSuites(['unit', '-t', 'unit']).rest).toEqual(['-t', 'unit']);
  });

  it('has a vitest project for each', () => {
    const config = readFileSync(inRoot('vitest.config.ts'), 'utf8');
    expect([...config.matchAll(/name: '([^']+)'/g)].map((match) => match[1])).toEqual(suites.map(({ name }) => name));
  });
});
