import type { NetworkInput, NetworkSpec } from '../contract/network.ts';
import { compileNetwork } from '../engine/compile.ts';
import { compileDiagnosis, type Diagnosis } from '../engine/diagnosis.ts';
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

/** Compiles the graph that finds the layer at which the same network breaks. */
export function compileNetworkDiagnosis(network: NetworkSpec, input: NetworkInput, options: ProgramOptions): Diagnosis {
  return compileDiagnosis(buildNetwork(network, input), options);
}
