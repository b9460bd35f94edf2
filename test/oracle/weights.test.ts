import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NetworkRequest } from '../../src/contract/network.ts';
import { decodeSafetensors } from '../../src/data/files/safetensors.ts';
import { compileInference, INFERENCE_FEEDS, INFERENCE_FETCHES } from '../../src/engine/inferenceProgram.ts';
import { openGraph } from '../../src/trainer/session.ts';
import { gradients } from '../../src/trainer/task/gradients.ts';
import { openSubject } from '../../src/trainer/task/subject.ts';
import { weights as writeWeightsOf } from '../../src/trainer/task/weights.ts';
import fixtures from './fixtures/weights.json' with { type: 'json' };
import { digest } from './numbers.ts';
import { hashedImages, temporaryFolder, writeBatch, writeWeights, type Shapes } from './weightFiles.ts';

type Case = (typeof fixtures.cases)[number];

/** Float32 against PyTorch's float64, of a tensor's norm. */
const TOLERANCE = 2e-5;

/** The deeper one's last batch norms see 12 values a channel: PyTorch's own float32 gradients are off by a thousandth. */
const DEEPEST_TRAINED = 20;

const requestOf = ({ version, block, depth }: Case) => ({ version, block, depth }) as NetworkRequest;
const title = ({ version, block, depth, size, classes }: Case) =>
  `${version} ${block} ${depth}, ${size.join('x')}, ${classes} classes`;

function largestError(actual: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...actual.map((value, index) => Math.abs(value - expected[index]!) / scale));
}

describe.each(fixtures.cases.map((one) => [title(one), one] as const))(
  "with torchvision's and timm's weights: %s",
  (_title, one) => {
    test.skipIf(one.depth > DEEPEST_TRAINED)('loss, logits and every gradient, by their names', () => {
      const folder = temporaryFolder();
      const weights = writeWeights(join(folder, 'weights.safetensors'), one.shapes);
      const out = join(folder, 'gradients.safetensors');
      const result = gradients({
        subject: { kind: 'network', network: requestOf(one), weights, seed: 1 },
        batch: writeBatch(join(folder, 'batch.npz'), one),
        out,
      });
      expect(result.input.classes).toBe(one.classes);
      expect(Math.abs(result.loss / one.loss - 1)).toBeLessThan(TOLERANCE);
      expect(Math.abs(result.globalNorm / one.globalNorm - 1)).toBeLessThan(TOLERANCE);
      expect(largestError(result.logits.flat(), one.logits.flat())).toBeLessThan(TOLERANCE);

      const { tensors } = decodeSafetensors(readFileSync(out), out);
      const expected: Shapes = { ...one.gradients };
      expect([...tensors.keys()].toSorted()).toEqual(
        [...Object.keys(expected), 'loss', 'logits', 'global_norm'].toSorted(),
      );
      expect(tensors.get('loss')).toEqual({ shape: [], values: Float32Array.of(result.loss) });
      expect(tensors.get('logits')!.shape).toEqual([one.count, one.classes]);
      for (const { name, shape, norm } of result.gradients) {
        const tensor = tensors.get(name)!;
        expect(tensor.shape, name).toEqual((one.shapes as Shapes)[name]);
        expect(shape).toEqual(tensor.shape);
        const wanted = expected[name]!;
        const scale = Math.max(wanted[0]!, 1e-3);
        const wrong = digest(tensor.values!).map((value, index) => Math.abs(value - wanted[index]!) / scale);
        expect(Math.max(...wrong, Math.abs(norm - wanted[0]!) / scale), name).toBeLessThan(TOLERANCE);
      }
    });

    test('logits with the running averages, also of the SavedModel', () => {
      const folder = temporaryFolder();
      const file = writeWeights(join(folder, 'weights.safetensors'), one.shapes);
      const [height = 0, width = 0, channels = 0] = one.size;
      const images = { height, width, channels };
      const subject = { kind: 'network', network: requestOf(one), weights: file, images, seed: 1 } as const;
      const { layers, weights } = openSubject(subject, 'evaluation');
      const feeds = { [INFERENCE_FEEDS.images]: hashedImages(one).images };
      const session = openGraph(compileInference(layers).savedModel);
      const [logits, probabilities] = session.run(
        {
          ...feeds,
          [INFERENCE_FEEDS.parameters]: { shape: [weights.parameters.length], values: weights.parameters },
          [INFERENCE_FEEDS.statistics]: { shape: [weights.statistics.length], values: weights.statistics },
        },
        [INFERENCE_FETCHES.logits, INFERENCE_FETCHES.probabilities],
      );
      session.close();
      expect(largestError([...logits!], one.inferenceLogits.flat())).toBeLessThan(TOLERANCE);
      expect(probabilities!.length).toBe(logits!.length);

      const to = { kind: 'path', path: join(folder, 'model') } as const;
      writeWeightsOf({ subject, format: 'saved-model', to });
      const served = openGraph(readFileSync(join(folder, 'model', 'saved_model.pb')));
      const [servedLogits] = served.run(feeds, [INFERENCE_FETCHES.logits]);
      served.close();
      expect(largestError([...servedLogits!], one.inferenceLogits.flat())).toBeLessThan(TOLERANCE);
    });
  },
);
