import { chains } from './chains.ts';
import { damagedCheckpoints } from './damagedCheckpoints.ts';
import { damagedStores } from './damagedStores.ts';
import { ioErrors } from './ioErrors.ts';
import { kill } from './kill.ts';
import { owners } from './owners.ts';
import { clock, lock, stop } from './disturbances.ts';
import { power, powerCheckpoints } from './power.ts';
import { realKill } from './realKill.ts';
import type { ReliabilityTest } from './reliabilityTest.ts';
import { resume } from './resume.ts';
import { soak } from './soak.ts';

export const reliabilityTests: readonly ReliabilityTest[] = [
  kill,
  realKill,
  power,
  powerCheckpoints,
  resume,
  chains,
  damagedCheckpoints,
  damagedStores,
  ioErrors,
  owners,
  stop,
  clock,
  lock,
  soak,
];
