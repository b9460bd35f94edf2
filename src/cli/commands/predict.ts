import { Argument, type Command } from 'commander';
import type { TaskResult } from '../../contract/task.ts';
import { forkChild } from '../../host/forkLauncher.ts';
import { runTask } from '../../host/task.ts';
import { dataReference } from '../dataReference.ts';
import { percent, table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, TASK_FILE } from '../session.ts';
import { addSubjectOptions, subjectFrom, type SubjectOptions } from '../subjectOption.ts';
import { number } from '../values.ts';

interface PredictOptions extends SubjectOptions {
  readonly data?: string;
  readonly top: number;
}

const HELP = `
Examples:
  depthlab predict --run 12 digit.png
  depthlab predict --arch resnet_v1_20 --weights weights.safetensors --data digits images.npy --top 1 --json

Pictures (PNG, JPEG, WebP) are cropped to the network's proportions, resized, and scaled as the training images were. Arrays (NPY,
or NPZ with "images") are [count, height, width, channels]: uint8 pixels, or float32 that are normalised already.`;

export function addPredictCommand(program: Command): void {
  const command = program
    .command('predict')
    .description('class probabilities of images, by a run or by weights in a file')
    .addArgument(new Argument('<files...>', 'pictures or arrays'))
    .option('--data <name>', "data set that names the classes and scales the pixels (default: the run's)")
    .option('--top <n>', 'classes to print of each image', number, 3)
    .addHelpText('after', HELP)
    .action((files: string[], options: PredictOptions) => predict(files, options, command));
  addCommonOptions(addSubjectOptions(command));
}

async function predict(files: string[], options: PredictOptions, command: Command): Promise<void> {
  const subject = await subjectFrom(options, command);
  const data = options.data === undefined ? {} : { data: await dataReference(options.data, options) };
  const request = { subject, files, ...data };
  const result = await runTask(forkChild(TASK_FILE), 'predict', request);
  if (options.json) printJson(result);
  else print(asText(result, options.top));
}

function asText({ network, predictions }: TaskResult<'predict'>, top: number): string {
  return [
    `${network}, ${predictions.length} ${predictions.length === 1 ? 'image' : 'images'}`,
    '',
    table(
      ['file', 'image', 'classes, most probable first'],
      predictions.map(({ file, image, classes }) => [
        file,
        String(image),
        classes
          .slice(0, Math.max(1, top))
          .map(({ name, probability }) => `${name} ${percent(probability)}`)
          .join(', '),
      ]),
    ),
  ].join('\n');
}
