import { UserError } from '../contract/errors.ts';
import type { Settings, SettingsInEffect } from '../contract/settings.ts';

/** Which checkpoints stay beside each run's last two and its best. */
export type Retention = Pick<Settings, 'keepEvery' | 'checkpointBudgetBytes'>;

type Environment = Readonly<Record<string, string | undefined>>;

const GIGABYTE = 1e9;
const VARIABLES = { keepEvery: 'DEPTHLAB_KEEP_EVERY', checkpointBudgetBytes: 'DEPTHLAB_CHECKPOINT_BUDGET_GB' } as const;

/** What environment variables set. A variable that is no such number is refused. */
export function retentionVariables(environment: Environment = process.env): Partial<Retention> {
  const every = positive(environment, VARIABLES.keepEvery);
  if (every !== null && !Number.isInteger(every)) throw refused(VARIABLES.keepEvery, 'a whole number');
  const gigabytes = positive(environment, VARIABLES.checkpointBudgetBytes);
  return {
    ...(every === null ? {} : { keepEvery: every }),
    ...(gigabytes === null ? {} : { checkpointBudgetBytes: Math.round(gigabytes * GIGABYTE) }),
  };
}

/** The settings that are kept, but for those that environment variables set. */
export function settingsInEffect(kept: Settings, environment: Environment = process.env): SettingsInEffect {
  const set = retentionVariables(environment);
  const names = (Object.keys(set) as (keyof Retention)[]).map((name) => [name, VARIABLES[name]]);
  return { ...kept, ...set, setBy: Object.fromEntries(names) as SettingsInEffect['setBy'] };
}

function positive(environment: Environment, name: string): number | null {
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
