import { chains } from './chains.ts';
import { damagedCheckpoints } from './damagedCheckpoints.ts';
import { damagedStores } from './damagedStores.ts';
import { ioErrors } from './ioErrors.ts';
import { kill } from './kill.ts';
import { power, powerCheckpoints } from './power.ts';
import type { ReliabilityTest } from './reliabilityTest.ts';

export const reliabilityTests: readonly ReliabilityTest[] = [
  kill,
  power,
  powerCheckpoints,
  chains,
  damagedCheckpoints,
  damagedStores,
  ioErrors,
];
