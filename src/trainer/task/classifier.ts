import { compileInference, INFERENCE_FEEDS, INFERENCE_FETCHES } from '../../engine/inferenceProgram.ts';
import type { PixelScale } from '../../engine/servingModel.ts';
import { openGraph } from '../session.ts';
import type { OpenSubject } from './subject.ts';

/** Of one batch, [count, classes] each. */
export interface Answers {
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
}

/** A network in TensorFlow, with the running averages in its batch norms. */
export interface Classifier {
  /** `images`: normalised, [count, height, width, channels]. */
  classify(images: Float32Array, count: number): Answers;
  close(): void;
}

export function openClassifier({ layers, input, weights }: OpenSubject): Classifier {
  const { height, width, channels } = input;
  const session = openGraph(compileInference(layers).savedModel);
  const vector = (values: Float32Array) => ({ shape: [values.length], values });
  return {
    classify(images, count) {
      const feeds = {
        [INFERENCE_FEEDS.images]: { shape: [count, height, width, channels], values: images },
        [INFERENCE_FEEDS.parameters]: vector(weights.parameters),
        [INFERENCE_FEEDS.statistics]: vector(weights.statistics),
      };
      const fetches = [INFERENCE_FETCHES.logits, INFERENCE_FETCHES.probabilities];
      const [logits, probabilities] = session.run(feeds, fetches) as [Float32Array, Float32Array];
      return { logits, probabilities };
    },
    close: () => session.close(),
  };
}

/** (pixel - mean) / std per channel: pixels [..., channels] -> float32 in the same order. */
export function normalisePixels(pixels: Uint8Array | Float32Array, { imageMean, imageStd }: PixelScale): Float32Array {
  const channels = imageMean.length;
  const result = new Float32Array(pixels.length);
  for (let index = 0; index < pixels.length; index += 1) {
    const channel = index % channels;
    result[index] = (pixels[index]! - imageMean[channel]!) / imageStd[channel]!;
  }
  return result;
}
