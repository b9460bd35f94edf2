import { expect, it } from 'vitest';
import { exitReason, wasEndedFromOutside } from './exitReason.ts';

it('gives the last words without what TensorFlow writes at every start', () => {
  const lastWords = [
    'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR',
    '2026-11-25 03:12:12.123456: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow binary is optimized',
    'To enable the following instructions: AVX512F, in other operations, rebuild TensorFlow.',
    '2026-11-25 03:12:14.123456: E tensorflow/core/framework/op.cc:1] Something broke',
  ];
  expect(exitReason({ code: 134, signal: null, lastWords })).toBe(
    'The trainer ended unexpectedly (exit code 134): 2026-11-25 03:12:14.123456: E tensorflow/core/framework/op.cc:1] Something broke',
  );
  expect(exitReason({ code: null, signal: 'SIGKILL', lastWords: lastWords.slice(0, 3) })).toBe(
    'The trainer was killed (SIGKILL), by hand or because the machine ran out of memory',
  );
});

it.each([
  ['SIGKILL', null, [], true, 'was killed (SIGKILL)'],
  ['SIGHUP', null, [], true, 'was ended from outside (SIGHUP)'],
  ['SIGTERM', null, [], true, 'was ended from outside (SIGTERM)'],
  ['SIGKILL', null, ['terminate called after throwing std::bad_alloc'], false, 'ran out of memory'],
  ['SIGSEGV', null, [], false, 'crashed (SIGSEGV)'],
  ['SIGABRT', null, [], false, 'crashed (SIGABRT)'],
  [null, 1, [], false, 'ended unexpectedly (exit code 1)'],
  [null, null, [], false, 'ended unexpectedly (exit code unknown)'],
])('tells %s, exit code %s, last words %j apart', (signal, code, lastWords, isFromOutside, words) => {
  const exit = { signal, code, lastWords };
  expect(wasEndedFromOutside(exit)).toBe(isFromOutside);
  expect(exitReason(exit)).toContain(words);
});
