import type { WorkProgress } from '../../contract/data.ts';
import { readArchive, type Layout } from './archive.ts';
import { interleave } from './cifar.ts';
import { publishedNote } from './checksums.ts';
import type { FoundImage, FoundSet } from './foundSet.ts';
import { readPickle, type PickleValue } from './pickle.ts';
import { refusal } from './refusal.ts';

const IMAGE_BYTES = 3072;

/** CIFAR's Python version: pickled dictionaries, which are read as data. */
interface PythonVersion {
  readonly name: 'cifar10' | 'cifar100';
  readonly title: string;
  readonly classes: number;
  readonly train: readonly string[];
  readonly test: string;
  readonly labels: string;
  readonly meta: string;
  readonly names: string;
}

export const CIFAR_PYTHON: readonly PythonVersion[] = [
  {
    name: 'cifar10',
    title: 'CIFAR-10',
    classes: 10,
    train: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}`),
    test: 'test_batch',
    labels: 'labels',
    meta: 'batches.meta',
    names: 'label_names',
  },
  {
    name: 'cifar100',
    title: 'CIFAR-100',
    classes: 100,
    train: ['train'],
    test: 'test',
    labels: 'fine_labels',
    meta: 'meta',
    names: 'fine_label_names',
  },
];

const MOST_BYTES = 160_000_000;
const MOST_META_BYTES = 100_000;

export function cifarPythonSet(path: string, version: PythonVersion): FoundSet {
  let classNames: string[] = [];
  let note = '';

  async function* images(report: (progress: WorkProgress) => void): AsyncGenerator<FoundImage> {
    note = await publishedNote(path, version.name);
    const wanted = [...version.train, version.test];
    const layout: Layout = new Map([
      ...wanted.map((name) => [name, MOST_BYTES] as const),
      [version.meta, MOST_META_BYTES] as const,
    ]);
    const batches = new Map<string, FoundImage[]>();
    for await (const { name, bytes } of readArchive(path, layout)) {
      report({ stage: `Reading ${name}`, done: batches.size, total: wanted.length });
      const place = `${path}:${name}`;
      const content = dictionary(readPickle(bytes, place), place);
      if (name === version.meta) classNames = texts(content.get(version.names), place, version.names);
      else batches.set(name, imagesOf(content, version, place, name === version.test ? 'test' : 'train'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const name of wanted) {
      const found = batches.get(name);
      if (found === undefined) throw refusal(path, `has no ${name}`, `Download ${version.title} again`);
      yield* found;
    }
    if (classNames.length !== version.classes) {
      throw refusal(`${path}:${version.meta}`, `names ${classNames.length} classes, not ${version.classes}`);
    }
  }
  return {
    kind: 'cifar',
    name: version.name,
    title: version.title,
    source: path,
    flipAllowed: true,
    storage: { kind: 'pixels', height: 32, width: 32, channels: 3 },
    images,
    facts: () => ({
      classNames,
      split: 'By its files, as the authors divided the images',
      licence: '',
      notes: [note],
    }),
  };
}

function imagesOf(
  content: ReadonlyMap<string, PickleValue>,
  { labels: labelsKey, classes }: PythonVersion,
  place: string,
  part: FoundImage['part'],
): FoundImage[] {
  const [data, labels] = [content.get('data'), content.get(labelsKey)];
  if (!isArray(data) || data.shape.length !== 2 || data.shape[1] !== IMAGE_BYTES) {
    throw refusal(place, `has no "data" of [images, ${IMAGE_BYTES}]`);
  }
  if (!Array.isArray(labels) || labels.length !== data.shape[0]) {
    throw refusal(place, `has no "${labelsKey}" for each of its ${data.shape[0] ?? 0} images`);
  }
  return (labels as PickleValue[]).map((label, index) => {
    if (typeof label !== 'number' || !Number.isInteger(label) || label < 0 || label >= classes) {
      throw refusal(
        place,
        `has the label ${typeof label === 'number' ? label : 'that is no number'} for image ${index}; its classes are 0 to ${classes - 1}`,
      );
    }
    const planes = data.bytes.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES);
    return { part, label, bytes: interleave(planes) };
  });
}

function isArray(value: PickleValue | undefined): value is Extract<PickleValue, { kind: 'array' }> {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function dictionary(value: PickleValue, place: string): ReadonlyMap<string, PickleValue> {
  if (value instanceof Map) return value as ReadonlyMap<string, PickleValue>;
  throw refusal(place, 'is no dictionary');
}

function texts(value: PickleValue | undefined, place: string, key: string): string[] {
  if (!Array.isArray(value)) throw refusal(place, `has no "${key}"`);
  return (value as PickleValue[]).map((text) => {
    if (typeof text === 'string') return text;
    if (text instanceof Uint8Array) return Buffer.from(text).toString('latin1');
    throw refusal(place, `has a name in "${key}" that is no text`);
  });
}
