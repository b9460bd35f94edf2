import { format, parse, resolve } from 'node:path';
import { UserError } from '../contract/errors.ts';
import { takeOwnership, type Ownership } from '../store/ownership.ts';
import { salvage, type SalvageReport } from '../store/salvage/salvage.ts';

export type { SalvageReport, SalvagedRun } from '../store/salvage/salvage.ts';

/** The new database beside a damaged one, where no other is named. */
function besideIt(file: string): string {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}-salvaged`, ext });
}

/** Saves what can be read of a damaged database in a new one. Refused while an application has the damaged one open. */
export function salvageDatabase(file: string, to?: string): SalvageReport {
  const damaged = resolve(file);
  const target = resolve(to ?? besideIt(damaged));
  const nativeBinding = process.env['DEPTHLAB_SQLITE_BINDING'];
  const ownership = own(damaged, nativeBinding);
  try {
    return salvage(damaged, target, { nativeBinding });
  } finally {
    ownership?.release();
  }
}

/** Null where nobody can write there, and so nobody does. */
function own(file: string, nativeBinding: string | undefined): Ownership | null {
  try {
    return takeOwnership(file, { shell: 'cli', nativeBinding });
  } catch (error) {
    if (error instanceof UserError && error.code === 'unavailable') return null;
    throw error;
  }
}
