import * as v from 'valibot';
import { Settings, type SettingsInEffect } from '../../../../contract/settings.ts';
import { readNumber } from '../launch/readNumber.ts';

const GIGABYTE = 1e9;

/** What is typed about the checkpoints that are kept; empty: off. */
export interface RetentionDraft {
  readonly keepEvery: string;
  readonly budgetGigabytes: string;
}

type Retention = Pick<SettingsInEffect, 'keepEvery' | 'checkpointBudgetBytes'>;

export function draftOf({ keepEvery, checkpointBudgetBytes }: Retention): RetentionDraft {
  return {
    keepEvery: keepEvery === null ? '' : String(keepEvery),
    budgetGigabytes: checkpointBudgetBytes === null ? '' : String(checkpointBudgetBytes / GIGABYTE),
  };
}

/** The settings that a draft asks for, or null with a sentence for each field that is refused. */
export function readRetention(draft: RetentionDraft): {
  readonly change: Retention | null;
  readonly issues: { readonly keepEvery?: string; readonly budgetGigabytes?: string };
} {
  const every = read(draft.keepEvery, Settings.entries.keepEvery, 1);
  const budget = read(draft.budgetGigabytes, Settings.entries.checkpointBudgetBytes, GIGABYTE);
  if ('issue' in every || 'issue' in budget) {
    return {
      change: null,
      issues: {
        ...('issue' in every ? { keepEvery: every.issue } : {}),
        ...('issue' in budget ? { budgetGigabytes: budget.issue } : {}),
      },
    };
  }
  return { change: { keepEvery: every.value, checkpointBudgetBytes: budget.value }, issues: {} };
}

function read(
  text: string,
  schema: v.GenericSchema<unknown, number | null>,
  unit: number,
): { readonly value: number | null } | { readonly issue: string } {
  if (text.trim() === '') return { value: null };
  const reading = readNumber(text);
  if ('issue' in reading) return reading;
  // Whole bytes of what was typed in gigabytes.
  const result = v.safeParse(schema, unit === 1 ? reading.value : Math.round(reading.value * unit));
  return result.success ? { value: result.output } : { issue: result.issues[0].message };
}
