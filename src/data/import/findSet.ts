import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ImportSource, WorkProgress } from '../../contract/data.ts';
import { arraySet } from './arrays.ts';
import { firstMembers } from './archive.ts';
import { CIFAR_BINARY, cifarSet } from './cifar.ts';
import { CIFAR_PYTHON, cifarPythonSet } from './cifarPython.ts';
import { folderSet, isPictureFolder } from './folder.ts';
import type { FoundSet, ReadChoices } from './foundSet.ts';
import { idxFiles, idxSet, isIdxName } from './idx.ts';
import { parquetFiles, parquetSet } from './parquet.ts';
import { refusal } from './refusal.ts';
import { syntheticSet } from './synthetic.ts';

const KINDS =
  'Known are: the CIFAR archives (.tar.gz), the files of MNIST, NPZ and NPY arrays, Parquet files of images, and folders with a folder of pictures for each class';

/** Recognises what a source is, by its content. Throws a `UserError` where it is nothing that is known. */
export async function findSet(
  source: ImportSource,
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  if (source.kind === 'synthetic') return syntheticSet(source);
  const path = resolve(source.path);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw refusal(path, 'is not there');
  if (found.isDirectory()) return findInFolder(path, choices, report);
  if (!found.isFile()) throw refusal(path, 'is no regular file');
  return findInFile(path, choices, report);
}

async function findInFolder(
  folder: string,
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  const names = readdirSync(folder);
  const cifar = CIFAR_BINARY.find(({ test }) => names.includes(test));
  if (cifar) return cifarSet(folder, cifar, true);
  const idx = idxFiles(folder);
  if (idx) return idxSet(folder, idx);
  const parquet = parquetFiles(folder);
  if (parquet.length > 0) return parquetSet(folder, parquet, choices, report);
  if (isPictureFolder(folder)) return folderSet(folder, choices, report);
  throw refusal(folder, 'holds no data set that is known', KINDS);
}

async function findInFile(
  file: string,
  choices: ReadChoices,
  report: (progress: WorkProgress) => void,
): Promise<FoundSet> {
  if (isIdxName(file)) {
    const idx = idxFiles(dirname(file));
    if (idx) return idxSet(dirname(file), idx);
    throw refusal(
      file,
      'lacks its three siblings',
      'All four files of MNIST belong in one folder, under their own names',
    );
  }
  const start = firstBytes(file);
  if (start.subarray(0, 4).equals(Buffer.from('PAR1'))) return parquetSet(file, [file], choices, report);
  if (start.subarray(0, 6).equals(Buffer.from('\x93NUMPY', 'latin1'))) return arraySet(file, choices);
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return arraySet(file, choices);
  if (start[0] === 0x1f && start[1] === 0x8b) return findInArchive(file);
  throw refusal(file, 'is no data set that is known', KINDS);
}

async function findInArchive(file: string): Promise<FoundSet> {
  // The whole archive has eight or nine members.
  const members = await firstMembers(file, 3);
  const binary = CIFAR_BINARY.find(({ train, test, names }) =>
    members.some((name) => [...train, test, names].includes(name)),
  );
  if (binary) return cifarSet(file, binary, false);
  const python = CIFAR_PYTHON.find(({ train, test, meta }) =>
    members.some((name) => [...train, test, meta].includes(name)),
  );
  if (python) return cifarPythonSet(file, python);
  if (members.length === 0) throw refusal(file, 'is damaged or was not downloaded whole', 'Download it again');
  throw refusal(
    file,
    `is an archive of no data set that is known; it begins with ${members.join(', ').slice(0, 200)}`,
    'Unpack it yourself, and add the folder',
  );
}

function firstBytes(file: string): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(16);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(handle);
  }
}
