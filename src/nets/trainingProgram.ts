import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import { compileNetwork } from '../engine/compile.ts';
import type { ProgramOptions, TrainingProgram } from '../engine/program.ts';
import { buildNetwork } from './resnet.ts';

/** Compiles a network for these images. `options.imageMean` and `imageStd` have one entry for each channel. */
export function compileTrainingProgram(
  network: NetworkSpec,
  input: NetworkInput,
  options: ProgramOptions,
): TrainingProgram {
  const { imageMean, imageStd } = options;
  if (imageMean.length !== input.channels || imageStd.length !== input.channels) {
    throw new Error(`${input.channels} channels need as many means and deviations, not ${imageMean.length}`);
  }
  return { input, ...compileNetwork(buildNetwork(network, input), options) };
}
