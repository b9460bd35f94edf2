import type { Command } from 'commander';
import type { Accuracy, TaskResult } from '../../contract/task.ts';
import { forkChild } from '../../host/forkLauncher.ts';
import { runTask } from '../../host/task.ts';
import { dataReference } from '../dataReference.ts';
import { percent, table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, TASK_FILE } from '../session.ts';
import { addSubjectOptions, subjectFrom, type SubjectOptions } from '../subjectOption.ts';
import { number } from '../values.ts';

interface EvaluateOptions extends SubjectOptions {
  readonly data?: string;
  readonly imageSize?: number;
}

const HELP = `
Examples:
  depthlab evaluate --run 12 --checkpoint best
  depthlab evaluate --arch resnet_v1_20 --weights weights.safetensors --data digits --json
  depthlab evaluate --run 12 --image-size 320

Loss and accuracy on the test images, with the running averages in the batch norms. Intervals are Wilson's, 95 %: they say
how sure the accuracy of these weights is with so many images, not how it differs between seeds. With --image-size a larger
part of each picture is seen: 7/8 of the shorter side at the size of training, all of it from 8/7 of that size on.`;

export function addEvaluateCommand(program: Command): void {
  const command = program
    .command('evaluate')
    .description('loss and accuracy of a run, or of weights in a file, on the test images')
    .option('--data <name>', "data set (default: the run's, else digits)")
    .option('--image-size <pixels>', 'crop pictures to squares of this side (default: as in training)', number)
    .addHelpText('after', HELP)
    .action((options: EvaluateOptions) => evaluate(options, command));
  addCommonOptions(addSubjectOptions(command));
}

async function evaluate(options: EvaluateOptions, command: Command): Promise<void> {
  const subject = await subjectFrom(options, command);
  const own = options.data === undefined && subject.kind === 'run' ? subject.data : undefined;
  const data = own ?? (await dataReference(options.data ?? 'digits', options));
  const result = await runTask(forkChild(TASK_FILE), 'evaluate', { subject, data, size: options.imageSize });
  if (options.json) printJson(result);
  else print(asText(result));
}

function asText({ network, data, images, input, loss, accuracy, classes }: TaskResult<'evaluate'>): string {
  return [
    `${network} on ${images} test images of ${data}, ${input.height}x${input.width}: loss ${loss.toFixed(4)}, accuracy ${withInterval(accuracy)}`,
    '',
    table(
      ['class', 'images', 'right', 'accuracy', '95 % interval'],
      classes.map((one) => [
        one.name,
        String(one.total),
        String(one.count),
        percent(one.fraction),
        one.interval.map(percent).join(' to '),
      ]),
    ),
  ].join('\n');
}

function withInterval({ fraction, interval }: Accuracy): string {
  return `${percent(fraction)} (95 % interval ${interval.map(percent).join(' to ')})`;
}
