import type { Command } from 'commander';
import type { TaskResult } from '../../contract/task.ts';
import { forkChild } from '../../host/forkLauncher.ts';
import { runTask } from '../../host/task.ts';
import { table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, TASK_FILE } from '../session.ts';
import { addSubjectOptions, subjectFrom, type SubjectOptions } from '../subjectOption.ts';

interface GradientsOptions extends SubjectOptions {
  readonly batch: string;
  readonly out: string;
}

const EXAMPLES = `
Examples:
  depthlab gradients --arch resnet_v2_20 --weights weights.safetensors --batch batch.npz --out gradients.safetensors
  depthlab gradients --run 12 --batch batch.npz --out gradients.safetensors --json

The batch: numpy.savez("batch.npz", images=..., labels=...), images float32 [count, height, width, channels], normalised
already; labels int64 [count]. Batch norms use the batch's statistics, as in training. The file has "loss", "logits",
"global_norm" and the gradient of every parameter, with PyTorch's names and layouts.`;

export function addGradientsCommand(program: Command): void {
  const command = program
    .command('gradients')
    .description("the loss's gradient for every parameter, for one batch of your own")
    .requiredOption('--batch <file>', 'NPZ file with images and labels')
    .requiredOption('--out <file>', 'safetensors file to write')
    .addHelpText('after', EXAMPLES)
    .action((options: GradientsOptions) => gradients(options, command));
  addCommonOptions(addSubjectOptions(command));
}

async function gradients(options: GradientsOptions, command: Command): Promise<void> {
  const { batch, out } = options;
  const subject = await subjectFrom(options, command);
  const result = await runTask(forkChild(TASK_FILE), 'gradients', { subject, batch, out });
  if (options.json) printJson(result);
  else print(asText(result));
}

function asText({ network, images, loss, globalNorm, gradients: tensors, file }: TaskResult<'gradients'>): string {
  return [
    `${network}, ${images} images: loss ${loss.toPrecision(7)}, global norm ${globalNorm.toPrecision(7)}`,
    '',
    table(
      ['parameter', 'shape', 'norm'],
      tensors.map(({ name, shape, norm }) => [name, shape.join('x'), norm.toExponential(4)]),
    ),
    '',
    `written to ${file}`,
  ].join('\n');
}
