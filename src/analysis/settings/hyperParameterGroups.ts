import { allSettings } from './allSettings.ts';
import type { SettingGroup, SettingsOf } from './setting.ts';

export interface HyperParameterRow {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  /** The default's value where this one differs from it; null where it does not, or where there is no default. */
  readonly changedFrom: string | null;
}

export interface HyperParameterGroup {
  readonly title: SettingGroup;
  readonly rows: readonly HyperParameterRow[];
}

/** What a run was asked to be, in the field's terms; settings without a meaning in this run are left out. */
export function hyperParameterGroups(run: SettingsOf): HyperParameterGroup[] {
  const rows = allSettings([run]).flatMap(({ group, label, unit, read, usual, isQuiet }) => {
    const value = read(run);
    const common = usual(run);
    if (value === null || (isQuiet && value === common)) return [];
    return [{ group, name: label, value, unit, changedFrom: common === null || value === common ? null : common }];
  });
  return [...Map.groupBy(rows, ({ group }) => group)].map(([title, members]) => ({
    title,
    rows: members.map(({ name, value, unit, changedFrom }) => ({ name, value, unit, changedFrom })),
  }));
}
