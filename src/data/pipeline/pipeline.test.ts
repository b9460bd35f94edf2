import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import * as v from 'valibot';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DataReference, DataSetInfo } from '../../contract/data.ts';
import { UserError } from '../../contract/errors.ts';
import { TrainingRecipe, type TrainingRecipeInput } from '../../contract/recipe.ts';
import { digits } from '../digits.ts';
import { openDataSet } from '../openDataSet.ts';
import { createPictureWriter, createPixelWriter } from '../partWriter.ts';
import type { Batch } from './batch.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';

const SIDE = 16;
const input = { height: SIDE, width: SIDE, channels: 3, classes: 40 };

function referenceOf(
  storage: DataSetInfo['storage'],
  write: (folder: string) => DataReference['files'],
): DataReference {
  const folder = mkdtempSync(join(tmpdir(), 'depthlab-pipeline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const info: DataSetInfo = {
    ...digits,
    name: 'own',
    kind: 'arrays',
    storage,
    input,
    maxPixel: 255,
    flipAllowed: true,
  };
  return { info, folder, files: write(folder) };
}

/** Forty images of noise that follows from their number. */
function pixelSet(): DataReference {
  return referenceOf('pixels', (folder) =>
    ['train', 'test'].map((part) => {
      const writer = createPixelWriter(join(folder, `${part}.safetensors`), [SIDE, SIDE, 3]);
      for (let image = 0; image < 40; image += 1) {
        writer.add(
          Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => (image * 131 + at * 97 + ((at * at) % 61)) % 256),
          image,
        );
      }
      return writer.finish();
    }),
  );
}

async function pictureSet(broken = false): Promise<DataReference> {
  const pictures: Buffer[] = [];
  for (let image = 0; image < 12; image += 1) {
    const background = { r: 20 * image, g: 255 - 20 * image, b: 128 };
    const own = sharp({ create: { width: 60 + image, height: 50, channels: 3, background } });
    pictures.push(await own.jpeg().toBuffer());
  }
  if (broken) pictures[7] = Buffer.concat([pictures[7]!.subarray(0, 200), Buffer.alloc(200)]);
  return referenceOf('pictures', (folder) => {
    mkdirSync(join(folder, 'pictures'));
    return ['train', 'test'].map((part) => {
      const writer = createPictureWriter(join(folder, `${part}.safetensors`), {
        holds: 'paths',
        root: join(folder, 'pictures'),
      });
      for (const [image, bytes] of pictures.entries()) {
        writeFileSync(join(folder, 'pictures', `${image}.jpg`), bytes);
        writer.add(Buffer.from(`${image}.jpg`), image);
      }
      return writer.finish();
    });
  });
}

interface Own {
  readonly workers: number;
  readonly purpose?: 'train' | 'evaluate';
  readonly recipe?: TrainingRecipeInput;
}

function pipelineOn(reference: DataReference, { workers, purpose = 'train', recipe = {} }: Own): Pipeline {
  const plan = { purpose, batchSize: 5, seed: 3, images: null, recipe: v.parse(TrainingRecipe, recipe) };
  const pipeline = createPipeline({ reference, dataSet: openDataSet(reference), part: 'train', plan, workers });
  onTestFinished(() => pipeline.close());
  return pipeline;
}

const copyOf = ({ count, images, labels, second }: Batch) => ({
  count,
  images: Buffer.from(images).toString('base64'),
  labels: [...labels],
  second: second && { labels: [...second.labels], shares: [...second.shares] },
});

async function copies(pipeline: Pipeline, steps: readonly number[]) {
  const made = [];
  for (const step of steps) made.push(copyOf(await pipeline.at(step)));
  return made;
}

const EVERYTHING: TrainingRecipeInput = {
  augment: true,
  randAugmentMagnitude: 12,
  colourJitter: true,
  lighting: true,
  cutout: 6,
  mixup: 0.4,
  cutMix: 1,
};
const STEPS = Array.from({ length: 20 }, (_, index) => index + 1);

describe('the batches of a step', () => {
  it.each([
    ['cropped pixels', pixelSet, { augment: true }],
    ['pixels changed by everything', pixelSet, EVERYTHING],
    ['cropped pictures', pictureSet, { augment: true }],
    ['pictures changed by everything', pictureSet, EVERYTHING],
  ] satisfies [string, () => DataReference | Promise<DataReference>, TrainingRecipeInput][])(
    'are the same bytes however many workers make them, and from any step on: %s',
    async (_what, make, recipe) => {
      const reference = await make();
      const own = await copies(pipelineOn(reference, { workers: 0, recipe }), STEPS);
      expect(new Set(own.map(({ images }) => images)).size).toBeGreaterThan(STEPS.length / 2);
      for (const workers of [1, 2])
        expect(await copies(pipelineOn(reference, { workers, recipe }), STEPS)).toEqual(own);
      const jumps = [17, 3, 4, 5, 20, 1];
      expect(await copies(pipelineOn(reference, { workers: 2, recipe }), jumps)).toEqual(
        jumps.map((step) => own[step - 1]),
      );
    },
  );

  it('of an evaluation are all images once, and the same when they are asked for again', async () => {
    for (const reference of [pixelSet(), await pictureSet()]) {
      for (const workers of [0, 2]) {
        const pipeline = pipelineOn(reference, { workers, purpose: 'evaluate', recipe: EVERYTHING });
        const steps = Array.from({ length: pipeline.batches }, (_, index) => index + 1);
        const made = await copies(pipeline, steps);
        const labels = made.flatMap((batch) => batch.labels);
        expect(labels).toEqual(Array.from({ length: labels.length }, (_, index) => index));
        expect(made.every(({ second }) => second === null)).toBe(true);
        expect(await copies(pipeline, steps)).toEqual(made);
      }
    }
  });

  it('of pictures are the middle of each where nothing is drawn', async () => {
    const { images, labels } = await pipelineOn(await pictureSet(), { workers: 0, purpose: 'evaluate' }).at(1);
    for (const [position, image] of labels.entries()) {
      const [red, green, blue] = images.subarray(position * SIDE * SIDE * 3);
      expect(Math.abs(red! - 20 * image) + Math.abs(green! - (255 - 20 * image)) + Math.abs(blue! - 128)).toBeLessThan(
        9,
      );
    }
  });
});

describe('a picture that cannot be read', () => {
  it.each([0, 2])('fails the step that needs it, with its name; %i workers', async (workers) => {
    const pipeline = pipelineOn(await pictureSet(true), { workers, purpose: 'evaluate' });
    expect((await pipeline.at(1)).count).toBe(5);
    const error: unknown = await pipeline.at(2).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(/The picture .*7\.jpg cannot be decoded/);
    expect((await pipeline.at(3)).count).toBe(2);
  });
});

it('a set that is gone is an error, not a wait without end', async () => {
  const reference = pixelSet();
  const pipeline = pipelineOn(reference, { workers: 1 });
  await pipeline.at(1);
  await pipeline.close();
  const gone = { ...reference, folder: join(reference.folder, 'elsewhere') };
  const plan = { purpose: 'train', batchSize: 5, seed: 3, images: null, recipe: v.parse(TrainingRecipe, {}) } as const;
  const lost = createPipeline({ reference: gone, dataSet: openDataSet(reference), part: 'train', plan, workers: 1 });
  await expect(lost.at(1)).rejects.toThrow('elsewhere');
  await lost.close();
});
