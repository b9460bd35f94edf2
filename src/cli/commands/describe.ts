import { Option, type Command } from 'commander';
import { contract } from '../../contract/contract.ts';
import type { NetworkSummary } from '../../contract/network.ts';
import { describeNetwork } from '../../host/describeNetwork.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { bytes, table } from '../format.ts';
import { networkFrom } from '../networkOption.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, type CommonOptions } from '../session.ts';
import { number } from '../values.ts';

interface DescribeOptions extends CommonOptions {
  readonly arch: string;
  readonly block?: string;
  readonly data: string;
  readonly classes?: number;
  readonly batchSize: number;
}

export function addDescribeCommand(program: Command): void {
  addCommonOptions(
    program
      .command('describe')
      .description("a network's layers with their shapes, parameters and cost; nothing is trained")
      .requiredOption('--arch <name>', 'network: resnet_v1_DEPTH or resnet_v2_DEPTH')
      .addOption(
        new Option('--block <kind>', 'residual block (default: basic below depth 164)').choices([
          'basic',
          'bottleneck',
        ]),
      )
      .option('--data <name>', 'data set whose images it takes', 'digits')
      .option('--classes <n>', 'number of classes (default: those of the data set)', number)
      .option('--batch-size <n>', 'batch that the memory is estimated for', number, 64)
      .addHelpText(
        'after',
        '\nExamples:\n  depthlab describe --arch resnet_v2_110 --data digits\n  depthlab describe --arch resnet_v2_1001 --data digits --json',
      )
      .action(describe),
  );
}

function describe(options: DescribeOptions): void {
  const classes = options.classes === undefined ? {} : { classes: options.classes };
  const request = parseOrThrow(
    contract['networks.describe'].arguments,
    {
      network: networkFrom(options.arch, options.block),
      data: options.data,
      batchSize: options.batchSize,
      ...classes,
    },
    { code: 'bad-input', subject: 'describe' },
  );
  // Needs no database, so none is opened.
  const summary = describeNetwork(request);
  if (options.json) printJson(summary);
  else print(asText(summary));
}

function asText(summary: NetworkSummary): string {
  const { height, width, channels, classes } = summary.input;
  const whole = (value: number) => value.toLocaleString('en');
  const shape = (sizes: readonly number[]) => sizes.join('x');
  return [
    `${summary.name}, ${summary.network.block} blocks, images ${height}x${width}x${channels}, ${classes} classes`,
    `${whole(summary.parameters)} parameters in ${whole(summary.parameterTensors)} tensors, ${whole(summary.flopsPerImage)} FLOPs per image (forward)`,
    `${whole(summary.graphNodes)} graph nodes, about ${bytes(summary.estimatedMemoryBytes)} for a training step (estimate)`,
    `Trains on ${summary.device}`,
    '',
    table(
      ['layer', 'kind', 'stage', 'output', 'parameters', 'FLOPs'],
      summary.layers.map((layer) => [
        layer.name,
        layer.kind,
        layer.stage,
        shape(layer.outputShape),
        whole(layer.parameters),
        whole(layer.flops),
      ]),
    ),
  ].join('\n');
}
