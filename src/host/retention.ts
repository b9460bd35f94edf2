import { UserError } from '../contract/errors.ts';

/** Which checkpoints stay beside each run's last two and its best. */
export interface Retention {
  /** Every so manieth checkpoint of a run; null: none of them. */
  readonly keepEvery: number | null;
  /** Bytes that all checkpoints of a database may take before those kept by `keepEvery` of ended runs go; null: no limit. */
  readonly budgetBytes: number | null;
}

const GIGABYTE = 1e9;

/** From the environment variables `DEPTHLAB_KEEP_EVERY` and `DEPTHLAB_CHECKPOINT_BUDGET_GB`; both off by default. */
export function retentionFrom(environment: Readonly<Record<string, string | undefined>> = process.env): Retention {
  const every = positive(environment, 'DEPTHLAB_KEEP_EVERY');
  if (every !== null && !Number.isInteger(every)) throw refused('DEPTHLAB_KEEP_EVERY', 'a whole number');
  const gigabytes = positive(environment, 'DEPTHLAB_CHECKPOINT_BUDGET_GB');
  return { keepEvery: every, budgetBytes: gigabytes === null ? null : gigabytes * GIGABYTE };
}

function positive(environment: Readonly<Record<string, string | undefined>>, name: string): number | null {
  const text = environment[name]?.trim() ?? '';
  if (text === '') return null;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw refused(name, 'a number above 0');
  return value;
}

function refused(name: string, what: string): UserError {
  return new UserError({
    code: 'bad-input',
    message: `The environment variable ${name} is not ${what}`,
    where: name,
    hint: 'Set it to one, or leave it out.',
  });
}
