import { expect, it } from 'vitest';
import { isOlder } from './sqlite.mjs';

it.each([
  ['3.51.2', true],
  ['3.51.3', false],
  ['3.54.1', false],
  ['3.6.0', true],
  ['4.0', false],
])('SQLite %s is older than 3.51.3: %s', (version, older) => {
  expect(isOlder(version, '3.51.3')).toBe(older);
});
