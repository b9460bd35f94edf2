import type { Migration } from '../migrate.ts';
import { runs } from './0001-runs.ts';
import { network } from './0002-network.ts';
import { dataSets } from './0003-data-sets.ts';
import { validation } from './0004-validation.ts';
import { pauses } from './0005-pauses.ts';
import { lineage } from './0006-lineage.ts';
import { superseded } from './0007-superseded.ts';
import { observations } from './0008-observations.ts';
import { verdicts } from './0009-verdicts.ts';

/** Every change of the file's format, in order; a file's `user_version` is the number of the last one it has. */
export const migrations: readonly Migration[] = [
  runs,
  network,
  dataSets,
  validation,
  pauses,
  lineage,
  superseded,
  observations,
  verdicts,
];
