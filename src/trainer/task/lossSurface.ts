import { setImmediate } from 'node:timers/promises';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { filterDirection } from '../../nets/filterDirection.ts';
import { checkLabels } from './batch.ts';
import { drawImages } from './imageBatch.ts';
import { openLoss, type Evaluated } from './lossEvaluator.ts';
import { pixelScaleOf, pixelScaleOfData } from './pixelScale.ts';
import type { TellProgress } from './progress.ts';
import { openSubject, type OpenSubject } from './subject.ts';

/** The loss over a plane through a network's weights, point by point in evaluation mode with its running averages. */
export async function lossSurface(
  { subject: asked, data, size, range, images: count, part, seed }: TaskRequest<'lossSurface'>,
  tell: TellProgress,
): Promise<TaskResult<'lossSurface'>> {
  const subject = openSubject(asked, 'evaluation', data.info.input);
  const scale = pixelScaleOf(asked, subject) ?? pixelScaleOfData(data);
  const batch = await drawImages(data, scale, { count, seed, part });
  checkLabels(batch, subject.input.classes, data.info.name);
  const coordinates = gridCoordinates(size, range);
  const evaluator = openLoss(subject, batch);
  try {
    const at = pointsAround(subject, seed);
    const rows: Evaluated[][] = [];
    for (const y of coordinates) {
      const row: Evaluated[] = [];
      rows.push(row);
      for (const x of coordinates) {
        row.push(evaluator.at(at(x, y)));
        tell({ stage: 'Points of the loss surface', done: (rows.length - 1) * size + row.length, total: size * size });
        // A call of TensorFlow blocks: whoever asked may be gone meanwhile.
        await setImmediate();
      }
    }
    return {
      network: subject.name,
      input: subject.input,
      step: asked.kind === 'run' ? asked.checkpoint.step : null,
      data: data.info.name,
      part,
      images: batch.count,
      seed,
      coordinates,
      loss: rows.map((row) => row.map(({ loss }) => loss)),
      accuracy: rows.map((row) => row.map(({ accuracy }) => accuracy)),
    };
  } finally {
    evaluator.close();
  }
}

/** `size` numbers from -range to range at equal distances, symmetric to the last bit, with 0 in the middle. */
export function gridCoordinates(size: number, range: number): number[] {
  return Array.from({ length: size }, (_, index) => range * ((2 * index - (size - 1)) / (size - 1)));
}

/** Weights + x d1 + y d2; the same array each time. */
function pointsAround({ tensors, weights: { parameters } }: OpenSubject, seed: number) {
  const along = filterDirection(tensors, parameters, { seed, axis: 'x' });
  const across = filterDirection(tensors, parameters, { seed, axis: 'y' });
  const point = new Float32Array(parameters.length);
  return (x: number, y: number): Float32Array => {
    for (let index = 0; index < point.length; index += 1) {
      point[index] = parameters[index]! + x * along[index]! + y * across[index]!;
    }
    return point;
  };
}
