import { typographic } from '../format.ts';
import type { RunRow } from '../../contract/run.ts';

/** The headings under which settings stand, on a run's page and in a comparison. */
export type SettingGroup = 'Network' | 'Data' | 'Length' | 'Optimiser' | 'Learning-rate schedule' | 'Memory and speed';

/** What of a run its settings are read from. */
export type SettingsOf = Pick<
  RunRow,
  'network' | 'input' | 'data' | 'recipe' | 'rateChanges' | 'parameters' | 'parent' | 'stepsPerEpoch' | 'totalSteps'
>;

/** One thing that a run was asked to be, in the field's terms. */
export interface Setting {
  /** As the contract names it. */
  readonly id: string;
  readonly group: SettingGroup;
  readonly label: string;
  /** Empty where there is none. */
  readonly unit: string;
  /** As it is read, every digit of it; null where it has no meaning in this run. */
  read(run: SettingsOf): string | null;
  /** What a spreadsheet calculates with; null where it is no number. */
  number(run: SettingsOf): number | null;
  /** What it is where nobody asks for anything else; null where there is no such value. */
  usual(run: SettingsOf): string | null;
  /** Left out of a run's page where it is as usual. */
  readonly isQuiet: boolean;
}

export const NONE = () => null;

export const yesNo = (on: boolean) => (on ? 'yes' : 'no');

/** Every digit of it, so that two values that differ never read the same. */
export const exact = (value: number) => typographic(String(value));
