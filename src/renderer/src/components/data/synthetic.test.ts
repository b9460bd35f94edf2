import { expect, it } from 'vitest';
import { readSynthetic, SYNTHETIC_FIELDS } from './synthetic.ts';

const initial = Object.fromEntries(SYNTHETIC_FIELDS.map((field) => [field.key, field.initial]));

it('what the form starts with is accepted', () => {
  expect(readSynthetic(initial)).toMatchObject({
    source: { images: 10_000, height: 32, width: 32, channels: 3, noise: 0.2 },
    errors: {},
  });
});

it('a field that is refused says why', () => {
  const { source, errors } = readSynthetic({ ...initial, size: '4', classes: 'ten', noise: '2' });
  expect(source).toBeNull();
  expect(Object.keys(errors).sort()).toEqual(['classes', 'noise', 'size']);
  expect(errors['noise']).toBe('The noise is at most 1');
});
