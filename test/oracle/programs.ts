import type { NetworkVersion } from '../../src/contract/network.ts';
import type { ProgramOptions, TrainingProgram } from '../../src/engine/program.ts';
import { decideNetwork } from '../../src/nets/plans.ts';
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
    {
      momentum: 0.9,
      weightDecay: 1e-4,
      decayAll: true,
      clipNorm: 5,
      imageMean: [PIXEL_MEAN],
      imageStd: [PIXEL_STD],
      ...options,
    },
  );
}
