import { expect, it } from 'vitest';
import type { IdentityReport } from '../contract/identity.ts';
import { countUnits, judgeUnit } from './identityPath.ts';
import { cleanUnit, pathStep } from './identityUnit.fixture.ts';
import { countCauses, identitySentence } from './identitySummary.ts';

const clean = judgeUnit(cleanUnit);
const activated = judgeUnit({ ...cleanUnit, path: [pathStep('scale'), pathStep('relu', 'after-addition')] });
const scaled = judgeUnit({ ...cleanUnit, path: [pathStep('scale')] });
const projected = judgeUnit({ ...cleanUnit, isSameShape: false, path: [pathStep('convolution')] });

function reportOf(...blocks: IdentityReport['blocks']): IdentityReport {
  const input = { height: 8, width: 8, channels: 1, classes: 10 };
  const measured = { network: 'n', input, step: null, images: { data: null, count: 2 }, seed: 0, probes: 1 };
  return { ...measured, statistics: 'batch', ...countUnits(blocks), blocks };
}

it('says what fails and how often', () => {
  expect(countCauses([scaled, activated, clean, projected])).toEqual([
    { cause: 'constant-scaling', blocks: 2 },
    { cause: 'relu-after-addition', blocks: 1 },
  ]);
  expect(identitySentence(reportOf(scaled, activated, clean, projected))).toBe(
    'The identity check fails in 2 of the 3 blocks without a change of shape: constant scaling of the shortcut in 2, ReLU after the addition in 1; 1 block changes the shape',
  );
});

it('says that all is clean, or that there is nothing to verify', () => {
  expect(identitySentence(reportOf(clean, clean))).toBe(
    'The identity path is clean in all 2 blocks without a change of shape',
  );
  expect(identitySentence(reportOf(projected))).toMatch(/^No block keeps the shape/);
});
