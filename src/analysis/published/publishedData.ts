import type { DataSetInfo } from '../../contract/data.ts';

/** The name by which the references know a data set that a user may have named otherwise. */
export function publishedData(name: string, info: Pick<DataSetInfo, 'kind' | 'classNames'> | undefined): string {
  if (info?.kind === 'cifar') return info.classNames.length === 100 ? 'cifar100' : 'cifar10';
  return name;
}

const TITLES: Readonly<Record<string, string>> = {
  cifar10: 'CIFAR-10',
  cifar100: 'CIFAR-100',
  imagenet: 'ImageNet',
  svhn: 'SVHN',
  digits: 'the digits',
};

export function dataTitle(name: string): string {
  return TITLES[name] ?? name;
}
