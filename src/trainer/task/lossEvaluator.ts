import { compileLoss, LOSS_FEEDS, LOSS_FETCH } from '../../engine/lossProgram.ts';
import { openGraph } from '../session.ts';
import type { ImageBatch } from './imageBatch.ts';
import type { OpenSubject } from './subject.ts';

export interface Evaluated {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of right answers. */
  readonly accuracy: number;
}

/** A network's loss on fixed images, as a function of its weights. */
export interface LossEvaluator {
  /** In evaluation mode, with the running averages. `parameters`: [parameterCount]. */
  at(parameters: Float32Array): Evaluated;
  close(): void;
}

/** Images that go through the network at once. */
const BATCH_SIZE = 128;

export function openLoss(
  { layers, input, weights }: Pick<OpenSubject, 'layers' | 'input' | 'weights'>,
  { images, labels, count }: ImageBatch,
): LossEvaluator {
  const session = openGraph(compileLoss(layers).savedModel);
  const { height, width, channels } = input;
  const pixels = height * width * channels;
  const vector = (values: Float32Array) => ({ shape: [values.length], values });
  const batches = Array.from({ length: Math.ceil(count / BATCH_SIZE) }, (_, batch) => {
    const [from, to] = [batch * BATCH_SIZE, Math.min(count, (batch + 1) * BATCH_SIZE)];
    return {
      [LOSS_FEEDS.images]: {
        shape: [to - from, height, width, channels],
        values: images.subarray(from * pixels, to * pixels),
      },
      [LOSS_FEEDS.labels]: { shape: [to - from], values: labels.subarray(from, to) },
      [LOSS_FEEDS.statistics]: vector(weights.statistics),
    };
  });
  return {
    at(parameters) {
      let [lossSum, correct] = [0, 0];
      for (const batch of batches) {
        const found = session.run({ ...batch, [LOSS_FEEDS.parameters]: vector(parameters) }, [LOSS_FETCH])[0]!;
        lossSum += found[0]!;
        correct += found[1]!;
      }
      return { loss: lossSum / count, accuracy: correct / count };
    },
    close: () => session.close(),
  };
}
