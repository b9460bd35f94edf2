import { expect, it } from 'vitest';
import { environmentRows } from './environment.ts';

it('orders and names what is known, and keeps the rest', () => {
  const entries = [
    { name: 'other', value: '1' },
    { name: 'memoryBytes', value: '25276514304' },
    { name: 'tensorflow', value: '2.21.0' },
  ];
  expect(environmentRows(entries)).toEqual([
    { name: 'TensorFlow', value: '2.21.0' },
    { name: 'Memory', value: '25.3 GB' },
    { name: 'other', value: '1' },
  ]);
});
