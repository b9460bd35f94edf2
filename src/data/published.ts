import type { PublishedName } from '../contract/data.ts';

/** A file as its authors publish it. */
export interface PublishedFile {
  readonly url: string;
  /** The checksum that the authors, or those who mirror the file, give with it; lower-case hex. */
  readonly checksum: { readonly algorithm: 'sha256' | 'md5'; readonly hex: string };
}

/** A data set that can be fetched. */
export interface PublishedDataSet {
  /** Where a person finds it. */
  readonly page: string;
  readonly files: readonly PublishedFile[];
}

/** The MD5 sums of the CIFAR archives stand on their page; the SHA-256 ones are those of TensorFlow Datasets. */
const cifar = (file: string, sha256: string): PublishedDataSet => ({
  page: 'https://www.cs.toronto.edu/~kriz/cifar.html',
  files: [{ url: `https://www.cs.toronto.edu/~kriz/${file}`, checksum: { algorithm: 'sha256', hex: sha256 } }],
});

const IDX_FILES = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'] as const;

const idx = (page: string, folder: string, md5: readonly string[]): PublishedDataSet => ({
  page,
  files: IDX_FILES.map((file, index) => ({
    url: `${folder}/${file}-ubyte.gz`,
    checksum: { algorithm: 'md5', hex: md5[index]! },
  })),
});

export const publishedDataSets: Readonly<Record<PublishedName, PublishedDataSet>> = {
  cifar10: cifar('cifar-10-binary.tar.gz', 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd'),
  cifar100: cifar('cifar-100-binary.tar.gz', '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec'),
  // The authors' own page asks for a password today; torchvision (datasets/mnist.py) mirrors the files and gives the sums.
  mnist: idx('http://yann.lecun.com/exdb/mnist/', 'https://ossci-datasets.s3.amazonaws.com/mnist', [
    'f68b3c2dcbeaaa9fbdd348bbdeb94873',
    'd53e105ee54ea40749a09fcbcd1e9432',
    '9fb629c4189551a2d022fa330f9573f3',
    'ec29112dd5afa0611ce80d1b7f02629c',
  ]),
  // The sums stand in the README of zalandoresearch/fashion-mnist.
  'fashion-mnist': idx(
    'https://github.com/zalandoresearch/fashion-mnist',
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com',
    [
      '8d4fb7e6c68d591d4c3dfef9ec88bf0d',
      '25c81989df183df01b3e8a0aad5dffbe',
      'bef4ecab320f06d8554ea6380940ec79',
      'bb300cfdad3c16e7a12a480ee83cd310',
    ],
  ),
};
