import type { PublishedName } from '../../../../contract/data.ts';

/** What a person should know before a download starts. */
export const PUBLISHED: readonly { readonly name: PublishedName; readonly title: string; readonly detail: string }[] = [
  { name: 'cifar10', title: 'CIFAR-10', detail: '32 × 32, 10 classes, 60,000 images, 170 MB' },
  { name: 'cifar100', title: 'CIFAR-100', detail: '32 × 32, 100 classes, 60,000 images, 169 MB' },
  { name: 'mnist', title: 'MNIST', detail: '28 × 28 grey, 10 classes, 70,000 images, 12 MB' },
  { name: 'fashion-mnist', title: 'Fashion-MNIST', detail: '28 × 28 grey, 10 classes, 70,000 images, 31 MB' },
];
