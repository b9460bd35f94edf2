import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { encodeSafetensors } from '../../data/files/safetensors.ts';
import { compileGradients, GRADIENT_FEEDS, GRADIENT_FETCHES } from '../../engine/gradientProgram.ts';
import { parametersToPytorch } from '../../nets/pytorchWeights.ts';
import { openGraph } from '../session.ts';
import { checkLabels, readBatch, type FloatBatch } from './batch.ts';
import { writeOutput } from './output.ts';
import { openSubject, type OpenSubject } from './subject.ts';

/**
 * The loss, the logits and every parameter's gradient for one batch, into a safetensors file with PyTorch's names and
 * layouts: `loss` and `global_norm` (scalars), `logits` [images, classes], and a tensor for each parameter.
 */
export function gradients(request: TaskRequest<'gradients'>): TaskResult<'gradients'> {
  const batch = readBatch(request.batch);
  const subject = openSubject(request.subject, 'training', batch);
  checkLabels(batch, subject.input.classes, request.batch);
  const { loss, globalNorm, logits, gradient, norms } = differentiateBatch(subject, batch);
  const { parameters, parameterCount } = subject.tensors;
  const tensors = parametersToPytorch(subject.tensors, gradient);
  const { classes } = subject.input;
  const parts = encodeSafetensors(
    new Map([
      ['loss', { shape: [], values: Float32Array.of(loss) }],
      ['global_norm', { shape: [], values: Float32Array.of(globalNorm) }],
      ['logits', { shape: [batch.count, classes], values: logits }],
      ...tensors,
    ]),
    { format: 'pt', network: subject.name, loss: String(loss), globalNorm: String(globalNorm) },
  );
  const file = writeOutput(request.out, parts);
  const names = [...tensors];
  return {
    network: subject.name,
    input: subject.input,
    images: batch.count,
    parameters: parameterCount,
    loss,
    globalNorm,
    logits: rows(logits, classes),
    gradients: parameters.map((_, index) => {
      const [name, { shape }] = names[index]!;
      return { name, shape: [...shape], norm: norms[index]! };
    }),
    file,
  };
}

function differentiateBatch({ layers, weights }: OpenSubject, batch: FloatBatch) {
  const { savedModel } = compileGradients(layers);
  const session = openGraph(savedModel);
  try {
    const { count, height, width, channels, images, labels } = batch;
    const feeds = {
      [GRADIENT_FEEDS.images]: { shape: [count, height, width, channels], values: images },
      [GRADIENT_FEEDS.labels]: { shape: [count], values: labels },
      [GRADIENT_FEEDS.parameters]: { shape: [weights.parameters.length], values: weights.parameters },
    };
    const wanted = ['loss', 'globalNorm', 'logits', 'gradient', 'norms'] as const;
    const found = session.run(
      feeds,
      wanted.map((name) => GRADIENT_FETCHES[name]),
    ) as Float32Array[];
    const [loss, globalNorm, logits, gradient, norms] = found;
    return { loss: loss![0]!, globalNorm: globalNorm![0]!, logits: logits!, gradient: gradient!, norms: norms! };
  } finally {
    session.close();
  }
}

function rows(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) => [
    ...values.subarray(row * width, (row + 1) * width),
  ]);
}
