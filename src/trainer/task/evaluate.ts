import * as v from 'valibot';
import { proportion } from '../../analysis/proportion.ts';
import { UserError } from '../../contract/errors.ts';
import { TrainingRecipe } from '../../contract/recipe.ts';
import type { DataReference } from '../../contract/data.ts';
import type { Accuracy, Subject, TaskRequest, TaskResult } from '../../contract/task.ts';
import { openDataSet } from '../../data/openDataSet.ts';
import { testedShare } from '../../data/pipeline/pictureCrops.ts';
import { createPipeline } from '../../data/pipeline/pipeline.ts';
import { normalisePixels, openClassifier } from './classifier.ts';
import { pixelScaleOf, pixelScaleOfData } from './pixelScale.ts';
import { openSubject } from './subject.ts';

/** All test images in their order, as they are. */
const PLAN = {
  purpose: 'evaluate',
  batchSize: 128,
  seed: 0,
  images: null,
  recipe: v.parse(TrainingRecipe, {}),
} as const;

/**
 * Loss and accuracy on a data set's test images, with the running averages in the batch norms. Pictures may be tested at another
 * size than the network was trained on: its weights are for any.
 */
export async function evaluate({
  subject: trained,
  data: added,
  size,
}: TaskRequest<'evaluate'>): Promise<TaskResult<'evaluate'>> {
  const data = size === undefined ? added : sized(added, size);
  const asked = size === undefined || trained.kind === 'network' ? trained : sizedRun(trained, size);
  const dataSet = openDataSet(data);
  const { info, test } = dataSet;
  const { height, width, channels } = info.input;
  const subject = openSubject(asked, 'evaluation', { height, width, channels });
  const { classes } = subject.input;
  if (classes !== info.input.classes) {
    throw new UserError({
      code: 'bad-input',
      message: `${subject.name} has ${classes} classes, the data set "${info.name}" has ${info.input.classes}`,
      where: 'data',
      hint: 'Evaluate on the data that the weights were trained for',
    });
  }
  const scale = pixelScaleOf(asked, subject) ?? pixelScaleOfData(data);
  const correct = Array.from({ length: classes }, () => 0);
  const total = Array.from({ length: classes }, () => 0);
  let lossSum = 0;
  const classifier = openClassifier(subject);
  const centreShare = testedShare(added.info.input.height, height);
  const pipeline = createPipeline({ reference: data, dataSet, part: 'test', plan: { ...PLAN, centreShare } });
  for (let step = 1; step <= pipeline.batches; step += 1) {
    const { images, labels, count } = await pipeline.at(step);
    const { logits } = classifier.classify(normalisePixels(images, scale), count);
    for (let image = 0; image < count; image += 1) {
      const row = logits.subarray(image * classes, (image + 1) * classes);
      const label = labels[image]!;
      lossSum += crossEntropy(row, label);
      total[label]! += 1;
      if (row.indexOf(Math.max(...row)) === label) correct[label]! += 1;
    }
  }
  classifier.close();
  await pipeline.close();
  return {
    network: subject.name,
    data: info.name,
    images: test.count,
    input: info.input,
    loss: lossSum / test.count,
    accuracy: accuracyOf(sum(correct), test.count),
    classes: total.flatMap((images, label) =>
      images === 0 ? [] : [{ name: info.classNames[label] ?? String(label), ...accuracyOf(correct[label]!, images) }],
    ),
  };
}

/** The same pictures cropped to another size. */
function sized(data: DataReference, side: number): DataReference {
  const { info } = data;
  if (info.storage === 'pictures')
    return { ...data, info: { ...info, input: { ...info.input, height: side, width: side } } };
  throw new UserError({
    code: 'bad-input',
    message: `The images of "${info.name}" are ${info.input.height}x${info.input.width} pixels and are not resized`,
    where: 'size',
    hint: 'Only pictures (JPEG, PNG, WebP) are cropped to a size: evaluate without one',
  });
}

function sizedRun(run: Extract<Subject, { kind: 'run' }>, side: number): Subject {
  return { ...run, input: { ...run.input, height: side, width: side } };
}

function accuracyOf(count: number, total: number): Accuracy {
  const { fraction, interval } = proportion(count, total);
  return { count, total, fraction, interval: [...interval] };
}

/** -log softmax(logits)[label] */
function crossEntropy(logits: Float32Array, label: number): number {
  const largest = Math.max(...logits);
  const exponentials = logits.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return largest + Math.log(exponentials) - logits[label]!;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
