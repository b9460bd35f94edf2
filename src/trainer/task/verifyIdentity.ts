import { countUnits, judgeUnit } from '../../analysis/identityPath.ts';
import type { TaskRequest, TaskResult } from '../../contract/task.ts';
import { drawImages, normalImages } from './imageBatch.ts';
import { measureUnits } from './measureUnits.ts';
import { pixelScaleOf, pixelScaleOfData } from './pixelScale.ts';
import type { TellProgress } from './progress.ts';
import { openSubject } from './subject.ts';

/** Measures the identity path of every residual unit, on training images or on normal numbers, and judges it. */
export async function verifyIdentity(
  { subject: asked, data, images: count, probes, seed }: TaskRequest<'verifyIdentity'>,
  tell: TellProgress,
): Promise<TaskResult<'verifyIdentity'>> {
  const subject = openSubject(asked, 'training', data?.info.input);
  const { input } = subject;
  const scale = data === null ? null : (pixelScaleOf(asked, subject) ?? pixelScaleOfData(data));
  const drawn = data === null || scale === null ? null : await drawImages(data, scale, { count, seed, part: 'train' });
  const images = drawn?.images ?? normalImages(input, { count, seed });
  const taken = drawn?.count ?? count;
  const units = await measureUnits(subject, { images, count: taken, probes, seed, tell });
  const blocks = units.map(judgeUnit);
  return {
    network: subject.name,
    input,
    step: asked.kind === 'run' ? asked.checkpoint.step : null,
    images: { data: data?.info.name ?? null, count: taken },
    seed,
    statistics: 'batch',
    probes,
    ...countUnits(blocks),
    blocks,
  };
}
