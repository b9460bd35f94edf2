import type { Command } from 'commander';
import { contract } from '../../contract/contract.ts';
import type { NetworkSummary } from '../../contract/network.ts';
import { dataReference } from '../dataReference.ts';
import { describeNetwork } from '../../host/describeNetwork.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { bytes, table } from '../format.ts';
import { addNamedNetworkOptions, requestedNetwork } from '../networkOptions.ts';
import { print, printJson } from '../output.ts';
import { addCommonOptions, type CommonOptions } from '../session.ts';
import { number } from '../values.ts';

interface DescribeOptions extends CommonOptions {
  readonly data: string;
  readonly classes?: number;
  readonly batchSize: number;
  readonly recompute?: string;
  readonly microBatches?: number;
}

export function addDescribeCommand(program: Command): void {
  const command = program
    .command('describe')
    .description("a network's layers with their shapes, parameters and cost; nothing is trained")
    .option('--data <name>', 'data set whose images it takes', 'digits')
    .option('--classes <n>', 'number of classes (default: those of the data set)', number)
    .option('--batch-size <n>', 'batch that the memory is estimated for', number, 64)
    .option('--recompute <memory>', 'estimate the memory with recomputation: off, half or quarter')
    .option('--micro-batches <n>', 'estimate the memory for a batch that is processed in so many parts', number)
    .addHelpText(
      'after',
      '\nExamples:\n  depthlab describe --arch resnet_v2_110 --data digits\n  depthlab describe --config examples/mixed.yaml\n  depthlab describe --arch resnet_v2_1001 --data digits --json',
    )
    .action((options: DescribeOptions) => describe(options, command));
  addCommonOptions(addNamedNetworkOptions(command));
}

async function describe(options: DescribeOptions, command: Command): Promise<void> {
  const { classes, batchSize, recompute, microBatches } = options;
  const request = parseOrThrow(
    contract['networks.describe'].arguments,
    {
      network: requestedNetwork(command),
      data: options.data,
      batchSize,
      classes,
      recompute,
      microBatches,
    },
    { code: 'bad-input', subject: 'describe' },
  );
  const { info } = await dataReference(request.data, options);
  const summary = describeNetwork(request, info);
  if (options.json) printJson(summary);
  else print(asText(summary));
}

/** The blocks and whatever of the network is not as in the papers. */
function blocksOf({ network }: NetworkSummary): string {
  const { version: _version, depth: _depth, block, architecture, ...choices } = network;
  if (architecture !== undefined) return `${network.depth} layers from a file`;
  const others = Object.entries(choices).map(([name, value]) => (value === true ? name : `${name} ${value}`));
  return [`${block} blocks`, ...others].join(', ');
}

function asText(summary: NetworkSummary): string {
  const { height, width, channels, classes } = summary.input;
  const whole = (value: number) => value.toLocaleString('en');
  const shape = (sizes: readonly number[]) => sizes.join('x');
  return [
    `${summary.name}, ${blocksOf(summary)}, images ${height}x${width}x${channels}, ${classes} classes`,
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
