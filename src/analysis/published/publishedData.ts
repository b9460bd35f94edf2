import type { DataSetInfo } from '../../contract/data.ts';

type Facts = Pick<DataSetInfo, 'kind' | 'classNames' | 'testImages'>;

interface PublishedSet {
  readonly title: string;
  readonly classes: number;
  /** Of its test images, or of those that results are published on. */
  readonly testImages: number;
}

const SETS: Readonly<Record<string, PublishedSet>> = {
  cifar10: { title: 'CIFAR-10', classes: 10, testImages: 10_000 },
  cifar100: { title: 'CIFAR-100', classes: 100, testImages: 10_000 },
  imagenet: { title: 'ImageNet', classes: 1000, testImages: 50_000 },
  svhn: { title: 'SVHN', classes: 10, testImages: 26_032 },
};

/**
 * A data set as the references call it. Names are a user's choice: CIFAR's own archives are known by their kind, and a set that
 * only has the name of a published one, but not its classes and test images, is called another. A set that is not in the
 * library any more is taken by its name.
 */
export function publishedData(name: string, info: Facts | undefined): string {
  if (info === undefined) return name;
  const isSame = ({ classes, testImages }: PublishedSet) =>
    info.classNames.length === classes && info.testImages === testImages && info.kind !== 'synthetic';
  if (info.kind === 'cifar')
    return ['cifar10', 'cifar100'].find((one) => isSame(SETS[one]!)) ?? `part of CIFAR, ${name}`;
  const published = SETS[name];
  return published === undefined || isSame(published) ? name : `another set named ${name}`;
}

export function dataTitle(name: string): string {
  return name === 'digits' ? 'the digits' : (SETS[name]?.title ?? name);
}
