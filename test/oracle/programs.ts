import type { Architecture } from '../../src/contract/architecture.ts';
import type { NetworkInput, NetworkVersion } from '../../src/contract/network.ts';
import { compileNetwork } from '../../src/engine/compile.ts';
import type { ProgramOptions, TrainingProgram } from '../../src/engine/program.ts';
import { decideNetwork } from '../../src/nets/plans.ts';
import { buildArchitecture } from '../../src/nets/resnet.ts';
import { compileTrainingProgram } from '../../src/nets/trainingProgram.ts';
import { PIXEL_MEAN, PIXEL_STD } from './numbers.ts';

interface SmallNetwork {
  readonly version?: NetworkVersion;
  readonly depth?: number;
  /** Pixels on each side. */
  readonly size?: number;
}

/** A network on square grey images of ten classes. */
export function smallProgram(
  { version = 'v2', depth = 8, size = 8 }: SmallNetwork = {},
  options: Partial<ProgramOptions> = {},
): TrainingProgram {
  return compileTrainingProgram(
    decideNetwork({ version, depth }),
    { height: size, width: size, channels: 1, classes: 10 },
    { ...smallOptions(), ...options },
  );
}

/** An architecture on images of any size, without clipping and decay: the first step's momentum is the gradient. */
export function architectureProgram(architecture: Architecture, input: NetworkInput): TrainingProgram {
  const compiled = compileNetwork(buildArchitecture(architecture, input), {
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
    weightDecay: 0,
    decayAll: true,
    clipNorm: null,
    imageMean: Array.from({ length: input.channels }, () => PIXEL_MEAN),
    imageStd: Array.from({ length: input.channels }, () => PIXEL_STD),
  });
  return { input, ...compiled };
}

/** What a small network is trained with where nothing else is said. */
export function smallOptions(): ProgramOptions {
  return {
    optimiser: { kind: 'sgd', momentum: 0.9, nesterov: false },
    weightDecay: 1e-4,
    decayAll: true,
    clipNorm: 5,
    imageMean: [PIXEL_MEAN],
    imageStd: [PIXEL_STD],
  };
}
