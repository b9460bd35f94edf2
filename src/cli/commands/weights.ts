import { Argument, Option, type Command } from 'commander';
import { WeightsFormat, type Subject, type TaskResult, type WeightsPlace } from '../../contract/task.ts';
import { weightsFolder } from '../../host/folders.ts';
import { forkChild } from '../../host/forkLauncher.ts';
import { runTask } from '../../host/task.ts';
import { bytes } from '../format.ts';
import { addImageSizeOptions, withImages, type ImageSizeOptions } from '../imageSizeOptions.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, databaseFileOf, TASK_FILE } from '../session.ts';
import {
  addUnweightedOptions,
  addSubjectOptions,
  networkSubject,
  subjectFrom,
  type NetworkOptions,
  type SubjectOptions,
} from '../subjectOption.ts';

export function addWeightsCommand(program: Command): void {
  const weights = program
    .command('weights')
    .description("weights in files with PyTorch's names and layouts, or for TensorFlow to serve");
  addInit(weights);
  addExport(weights);
  addImport(weights);
}

type InitOptions = NetworkOptions & ImageSizeOptions & { readonly out: string; readonly format: WeightsFormat };

function addInit(weights: Command): void {
  const command = weights
    .command('init')
    .description('the weights that a run would start from, drawn from a seed')
    .requiredOption('--out <path>', 'file to write, or folder of a SavedModel')
    .addOption(formatOption())
    .addHelpText('after', '\nExample:\n  depthlab weights init --arch resnet_v2_20 --seed 1 --out weights.safetensors')
    .action((options: InitOptions) =>
      write(options, networkSubject(options, command), options.format, {
        kind: 'path',
        path: options.out,
      }),
    );
  addCommonOptions(addImageSizeOptions(addUnweightedOptions(command, { drawn: true })));
}

type ExportOptions = SubjectOptions & ImageSizeOptions & { readonly out: string; readonly format: WeightsFormat };

function addExport(weights: Command): void {
  const command = weights
    .command('export')
    .description("a run's weights, or those of another file, for PyTorch or TensorFlow")
    .requiredOption('--out <path>', 'file to write, or folder of a SavedModel')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  depthlab weights export --run 12 --checkpoint best --out weights.safetensors
  depthlab weights export --run 12 --format saved-model --out model

A SavedModel takes "images" as pixel values (float32 [count, height, width, channels], scaled inside as in training; already
normalised where the weights do not say how) and gives "logits" and "probabilities".`,
    )
    .action(async (options: ExportOptions) =>
      write(options, await subjectFrom(options, command), options.format, {
        kind: 'path',
        path: options.out,
      }),
    );
  addCommonOptions(addImageSizeOptions(addSubjectOptions(command)));
}

type ImportOptions = NetworkOptions & ImageSizeOptions & { readonly out?: string };

function addImport(weights: Command): void {
  const command = weights
    .command('import')
    .description('check weights from elsewhere against a network, and keep them beside the database')
    .addArgument(new Argument('<file>', "safetensors file with PyTorch's names: torchvision's (V1), timm's (V2)"))
    .option('--out <file>', 'write them here instead')
    .addHelpText(
      'after',
      `
Example:
  depthlab weights import resnet20.safetensors --arch resnet_v1_20

Every missing, surplus or misshapen tensor is named. What is kept is float32 and can be given to --weights of
evaluate, predict, gradients and weights export.`,
    )
    .action((file: string, options: ImportOptions) => {
      const to: WeightsPlace =
        options.out === undefined
          ? { kind: 'library', folder: weightsFolder(databaseFileOf(options)) }
          : { kind: 'path', path: options.out };
      return write(options, networkSubject({ ...options, weights: file }, command), 'safetensors', to);
    });
  addCommonOptions(addImageSizeOptions(addUnweightedOptions(command, { drawn: false })));
}

function formatOption(): Option {
  return new Option('--format <format>', 'form of the weights').choices(WeightsFormat.options).default('safetensors');
}

async function write(
  options: ImageSizeOptions,
  asked: Subject,
  format: WeightsFormat,
  to: WeightsPlace,
): Promise<void> {
  const subject = await withImages(asked, options);
  const result = await runTask(forkChild(TASK_FILE), 'weights', { subject, format, to });
  if (options.json) printJson(result);
  else print(asText(result));
}

function asText({ network, input, step, parameters, tensors, ...written }: TaskResult<'weights'>): string {
  const { height, width, channels, classes } = input;
  const at = step === null ? '' : ` after step ${step}`;
  return [
    `${network}${at}: ${parameters.toLocaleString('en')} parameters, ${tensors} tensors, images ${height}x${width}x${channels}, ${classes} classes`,
    `${bytes(written.bytes)} in ${written.file}`,
    `SHA-256 ${written.sha256}`,
  ].join('\n');
}
