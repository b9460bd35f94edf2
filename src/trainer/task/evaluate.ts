import { proportion } from '../../analysis/proportion.ts';
import { UserError } from '../../contract/errors.ts';
import type { Accuracy, TaskRequest, TaskResult } from '../../contract/task.ts';
import { eachBatch } from '../../data/batches.ts';
import { openPixelSet } from '../../data/openDataSet.ts';
import { normalisePixels, openClassifier } from './classifier.ts';
import { pixelScaleOf, pixelScaleOfData } from './pixelScale.ts';
import { openSubject } from './subject.ts';

const BATCH_SIZE = 128;

/** Loss and accuracy on a data set's test images, with the running averages in the batch norms. */
export function evaluate({ subject: asked, data }: TaskRequest<'evaluate'>): TaskResult<'evaluate'> {
  const { info, test } = openPixelSet(data);
  const { height, width, channels } = info.input;
  const subject = openSubject(asked, { height, width, channels });
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
  for (const { images, labels, count } of eachBatch(test, info.input, BATCH_SIZE)) {
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
  return {
    network: subject.name,
    data: info.name,
    images: test.count,
    loss: lossSum / test.count,
    accuracy: accuracyOf(sum(correct), test.count),
    classes: total.flatMap((images, label) =>
      images === 0 ? [] : [{ name: info.classNames[label] ?? String(label), ...accuracyOf(correct[label]!, images) }],
    ),
  };
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
