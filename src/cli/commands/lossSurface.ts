import { Argument, Option, type Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { formatMeasurement } from '../../analysis/format.ts';
import { centreOf, lossSurfaceTable, rangeOfLosses } from '../../analysis/lossSurface.ts';
import { csv } from '../../analysis/tables/csv.ts';
import type { LossSurface } from '../../contract/lossSurface.ts';
import { tasks } from '../../contract/task.ts';
import { UserError } from '../../contract/errors.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { dataReference } from '../dataReference.ts';
import { percent, table } from '../format.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, type CommonOptions } from '../session.ts';
import { recordedRun } from '../subjectOption.ts';
import { identifiers, number } from '../values.ts';
import { watchedTask } from '../watchedTask.ts';

interface LossSurfaceOptions extends CommonOptions {
  readonly checkpoint: 'best' | 'last';
  readonly data?: string;
  readonly size: number;
  readonly range: number;
  readonly images: number;
  readonly part: string;
  readonly seed: number;
  readonly csv?: string;
}

const { size, range, images, part, seed } = tasks.lossSurface.request.entries;

const HELP = `
Examples:
  depthlab loss-surface 12
  depthlab loss-surface 12 13 --size 51 --csv surface.csv
  depthlab loss-surface 12 --checkpoint best --part test --images 10000 --json

The mean cross-entropy at weights + x d1 + y d2: two random directions in which each filter has the norm of its weights, with
batch norms and biases left as they are (Li et al. 2018). Evaluation mode, with the running averages of the checkpoint. The
same seed gives V1 and V2 the same directions wherever a tensor has the same name and shape. A point takes as long as an
evaluation of the images, and there are size x size of them. Ctrl-C ends it.`;

export function addLossSurfaceCommand(program: Command): void {
  const command = program
    .command('loss-surface')
    .description("the loss over a plane through a run's weights, along two filter-normalised random directions")
    .addArgument(new Argument('<run...>', 'numbers of the runs').argParser(identifiers))
    .addOption(
      new Option('--checkpoint <which>', 'which of the checkpoints that the run has kept')
        .choices(['best', 'last'])
        .default('last'),
    )
    .option('--data <name>', "data set whose images are taken (default: the run's)")
    .option('--size <n>', 'points along each direction, odd', number, size.default)
    .option('--range <x>', 'the grid goes from minus this to this', number, range.default)
    .option('--images <n>', 'images that each point is the mean of', number, images.default)
    .addOption(
      new Option('--part <name>', 'training or test images').choices(part.wrapped.options).default(part.default),
    )
    .option('--seed <n>', 'seed of the directions and of the images', number, seed.default)
    .option('--csv <file>', 'write every point into a CSV file')
    .addHelpText('after', HELP)
    .action(lossSurface);
  addCommonOptions(command);
}

async function lossSurface(ids: number[], options: LossSurfaceOptions): Promise<void> {
  const { checkpoint, size: points, range: far, images: count, part: from, seed: start } = options;
  const surfaces: { runId: number; surface: LossSurface }[] = [];
  for (const runId of ids) {
    const subject = await recordedRun(runId, checkpoint, options);
    const data = options.data === undefined ? subject.data : await dataReference(options.data, options);
    if (data === undefined) throw dataIsGone(runId);
    const request = parseOrThrow(
      tasks.lossSurface.request,
      { subject, data, size: points, range: far, images: count, part: from, seed: start },
      { code: 'bad-input', subject: 'loss-surface' },
    );
    surfaces.push({ runId, surface: await watchedTask('lossSurface', request) });
  }
  if (options.csv !== undefined) writeCsv(options.csv, surfaces);
  if (options.json) printJson({ surfaces: surfaces.map(({ runId, surface }) => ({ runId, ...surface })) });
  else print(asText(surfaces, options.csv));
}

function writeCsv(file: string, surfaces: Parameters<typeof lossSurfaceTable>[0]): void {
  const { heads, rows } = lossSurfaceTable(surfaces);
  try {
    writeFileSync(file, csv([heads, ...rows]));
  } catch (error) {
    const message = `The file cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    throw new UserError({ code: 'failed', message, where: '--csv', hint: 'Check that its folder exists' });
  }
}

function asText(surfaces: readonly { runId: number; surface: LossSurface }[], file: string | undefined): string {
  const text = (value: number) => formatMeasurement(value).replace('−', '-').replace('∞', 'Infinity');
  const rows = surfaces.map(({ runId, surface }) => {
    const centre = centreOf(surface);
    const [least, most] = rangeOfLosses([surface]) ?? [NaN, NaN];
    const lost = surface.loss.flat().filter((loss) => !Number.isFinite(loss)).length;
    const { network, step, images: count, part: from } = surface;
    return [
      String(runId),
      network,
      String(step),
      `${count} ${from}`,
      text(centre.loss),
      percent(centre.accuracy),
      text(least),
      text(most),
      String(lost),
    ];
  });
  return [
    table(['run', 'network', 'step', 'images', 'loss here', 'accuracy', 'least', 'most', 'not finite'], rows),
    ...(file === undefined ? [] : ['', `written to ${file}`]),
  ].join('\n');
}

function dataIsGone(runId: number): UserError {
  return new UserError({
    code: 'not-found',
    message: `The data that run ${runId} was trained on is no longer there`,
    where: '--data',
    hint: 'Name another data set of the same kind of images with --data',
  });
}
