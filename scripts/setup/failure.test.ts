import { describe, expect, it } from 'vitest';
import { SetupFailure, knownCause, toFailure } from './failure.mjs';

describe('a failed step', () => {
  it('names the step, the cause and the remedy in sentences', () => {
    const failure = new SetupFailure('TensorFlow', 'No pip', 'Install it');
    expect(failure.message).toBe('Set-up stopped at "TensorFlow". No pip. Install it.');
  });

  it.each([
    ['ENOSPC: no space left on device, write', 'The disk is full'],
    ['ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device', 'The disk is full'],
    ['npm error code ENOTFOUND\nnpm error network request failed', 'The network, or the server on it, did not answer'],
    ['TypeError: fetch failed', 'The network, or the server on it, did not answer'],
    ['NewConnectionError: Failed to establish a new connection', 'The network, or the server on it, did not answer'],
    ["EACCES: permission denied, mkdir '/work'", 'A file or folder cannot be written'],
    ['SSLError(SSLCertVerificationError: certificate verify failed)', 'The certificate of the server was not trusted'],
  ])('knows what %j means', (text, cause) => {
    expect(knownCause(text)?.cause).toBe(cause);
  });

  it('does not guess what it does not know', () => {
    expect(knownCause('segmentation fault')).toBeUndefined();
    expect(toFailure('Build', new Error('unexpected token')).why).toBe('unexpected token.');
  });

  it('reads the code of an error of Node', () => {
    const error = Object.assign(new Error('write failed'), { code: 'ENOSPC' });
    expect(toFailure('TensorFlow', error).message).toMatch(/The disk is full.*Free at least/);
  });

  it('leaves a failure that is told already as it is', () => {
    const failure = new SetupFailure('Node', 'Too old', 'Install a newer one');
    expect(toFailure('Build', failure)).toBe(failure);
  });
});
