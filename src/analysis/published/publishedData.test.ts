import { expect, it } from 'vitest';
import { dataTitle, publishedData } from './publishedData.ts';

const classNames = (count: number) => Array.from({ length: count }, (_, index) => String(index));

it('knows CIFAR by its archives, whatever a user calls it, and takes no part of it for the whole', () => {
  const cifar = { kind: 'cifar', testImages: 10_000 } as const;
  expect(publishedData('mine', { ...cifar, classNames: classNames(10) })).toBe('cifar10');
  expect(publishedData('mine', { ...cifar, classNames: classNames(100) })).toBe('cifar100');
  expect(publishedData('cifar10', { ...cifar, testImages: 200, classNames: classNames(10) })).toBe(
    'part of CIFAR, cifar10',
  );
});

it('does not take a set for a published one by its name', () => {
  const parquet = { kind: 'parquet', testImages: 10_000, classNames: classNames(10) } as const;
  expect(publishedData('cifar10', parquet)).toBe('cifar10');
  expect(publishedData('cifar10', { ...parquet, kind: 'synthetic' })).toBe('another set named cifar10');
  expect(publishedData('imagenet', parquet)).toBe('another set named imagenet');
  expect(publishedData('digits', { ...parquet, kind: 'digits' })).toBe('digits');
  expect(publishedData('cifar10', undefined)).toBe('cifar10');
});

it('names them as papers do', () => {
  expect([dataTitle('cifar100'), dataTitle('digits'), dataTitle('other')]).toEqual([
    'CIFAR-100',
    'the digits',
    'other',
  ]);
});
