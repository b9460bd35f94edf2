import { Option, type Command } from 'commander';
import { checkpointOf } from '../analysis/chosenCheckpoint.ts';
import type { CheckpointChoice } from '../contract/run.ts';
import type { Subject } from '../contract/task.ts';
import { addNamedNetworkOptions, requestedNetwork } from './networkOptions.ts';
import { withApi, type CommonOptions } from './session.ts';
import { identifier, number } from './values.ts';

export interface NetworkOptions extends CommonOptions {
  readonly weights?: string;
  readonly classes?: number;
  readonly seed?: number;
}

export interface SubjectOptions extends NetworkOptions {
  readonly run?: number;
  readonly checkpoint: 'best' | 'last';
  readonly step?: number;
}

const classes = () =>
  new Option('--classes <n>', 'number of classes (default: those of the weights or data, else 10)').argParser(number);
const seed = () => new Option('--seed <n>', 'seed that the weights are drawn from (default: 1)').argParser(number);

/** Adds the options that name a network without its weights; `drawn`: those come from a seed. */
export function addUnweightedOptions(command: Command, { drawn }: { drawn: boolean }): Command {
  return addNamedNetworkOptions(addAll(command, [classes(), ...(drawn ? [seed()] : [])]));
}

/** Adds the options that name a network with its weights: a recorded run's, or one by its name. */
export function addSubjectOptions(command: Command): Command {
  const options = [
    new Option('--run <id>', 'number of a run: its network and weights')
      .argParser(identifier)
      .conflicts(['arch', 'config', 'weights', 'classes', 'seed']),
    new Option(
      '--checkpoint <which>',
      'which of the checkpoints that the run has kept; best: by validation accuracy, if images were held out',
    )
      .choices(['best', 'last'])
      .default('last'),
    new Option('--step <n>', 'the checkpoint of this step, in place of --checkpoint')
      .argParser(number)
      .conflicts(['checkpoint', 'arch', 'config']),
    new Option('--weights <file>', "its weights: safetensors with PyTorch's names, or a checkpoint").conflicts('seed'),
    classes(),
    seed(),
  ];
  return addNamedNetworkOptions(addAll(command, options));
}

function addAll(command: Command, options: readonly Option[]): Command {
  for (const option of options) command.addOption(option.helpGroup('Network:'));
  return command;
}

/** The network that the command line names, a run's or one by its name. Throws a `UserError` where it names none. */
export async function subjectFrom(options: SubjectOptions, command: Command): Promise<Subject> {
  const { run } = options;
  if (run === undefined) return networkSubject(options, command);
  return recordedRun(run, options.step ?? options.checkpoint, options);
}

/** A recorded run's network and the weights of one of its checkpoints. */
export async function recordedRun(
  id: number,
  choice: CheckpointChoice,
  options: CommonOptions,
): Promise<Extract<Subject, { kind: 'run' }>> {
  const { detail, data } = await withApi(options, async (api) => {
    const found = await api['runs.get']({ id });
    // A run outlives the data that it was trained on.
    const reference = await api['data.get']({ name: found.run.data }).catch(() => undefined);
    return { detail: found, data: reference === undefined ? {} : { data: reference } };
  });
  const { network, input, recipe } = detail.run;
  const { stochasticDepth } = recipe;
  return { kind: 'run', runId: id, network, input, stochasticDepth, ...data, checkpoint: checkpointOf(detail, choice) };
}

/** The network that `--arch` or `--config` names, with weights from a file or a seed. */
export function networkSubject(options: NetworkOptions, command: Command): Subject {
  const { weights, classes: count, seed: start = 1 } = options;
  return {
    kind: 'network',
    network: requestedNetwork(command),
    seed: start,
    ...(count === undefined ? {} : { classes: count }),
    ...(weights === undefined ? {} : { weights }),
  };
}
