import type { EnvironmentEntry, RunRow } from '../../contract/run.ts';
import { environmentLabel, environmentRank, environmentText } from '../environment.ts';
import { allSettings } from '../settings/allSettings.ts';
import { NETWORK_NAME } from '../settings/networkSettings.ts';
import type { Setting, SettingGroup } from '../settings/setting.ts';
import { stateWord } from '../stateWord.ts';

/** Under which heading a row of a comparison stands. */
export type Section = 'run' | 'architecture' | 'recipe' | 'data' | 'environment' | 'results';

/** One thing that is known of every run of a comparison before anything is measured. */
export interface Fact {
  /** A setting's name in the contract, an environment entry's, or `state`, `study`, `tags`, `notes`, `created`. */
  readonly id: string;
  readonly section: Section;
  readonly label: string;
  readonly unit: string;
  /** As it is read; null where it has no meaning in the run or is not known. */
  text(run: RunRow): string | null;
  /** What a spreadsheet calculates with; null where it is no number. */
  number(run: RunRow): number | null;
}

/** What a comparison knows beside the runs' rows. */
export interface Surroundings {
  readonly environments: ReadonlyMap<number, readonly EnvironmentEntry[]>;
  readonly studyNames: ReadonlyMap<number, string>;
}

const SECTIONS: Readonly<Record<SettingGroup, Section>> = {
  Network: 'architecture',
  Data: 'data',
  Length: 'recipe',
  Optimiser: 'recipe',
  'Learning-rate schedule': 'recipe',
  'Memory and speed': 'recipe',
};

/** All facts of these runs, section by section in reading order. */
export function factsOf(runs: readonly RunRow[], surroundings: Surroundings): Fact[] {
  const settings = [NETWORK_NAME, ...allSettings(runs)].map(settingFact);
  const inSection = (section: Section) => settings.filter((fact) => fact.section === section);
  return [
    ...runFacts(surroundings),
    ...inSection('architecture'),
    ...inSection('recipe'),
    ...inSection('data'),
    ...environmentFacts(runs, surroundings),
  ];
}

function settingFact({ id, group, label, unit, read, number }: Setting): Fact {
  return { id, section: SECTIONS[group], label, unit, text: read, number };
}

function runFacts({ studyNames }: Surroundings): Fact[] {
  const fact = (id: string, label: string, text: Fact['text']): Fact => ({
    id,
    section: 'run',
    label,
    unit: '',
    text,
    number: () => null,
  });
  return [
    fact('state', 'State', stateWord),
    fact('reason', 'Reason', ({ reason }) => reason || null),
    fact('study', 'Study', ({ studyId }) =>
      studyId === null ? null : (studyNames.get(studyId) ?? `Study ${studyId}`),
    ),
    fact('created', 'Created', ({ createdAt }) => TIME.format(createdAt)),
    fact('tags', 'Tags', ({ tags }) => tags.toSorted().join(', ') || null),
    fact('notes', 'Notes', ({ notes }) => notes.trim() || null),
  ];
}

/** Of a git commit: enough to find it, and to tell it from every other. */
const COMMIT_DIGITS = 12;

function environmentFacts(runs: readonly RunRow[], { environments }: Surroundings): Fact[] {
  const entryOf = ({ id }: RunRow, name: string) => environments.get(id)?.find((entry) => entry.name === name);
  const names = new Set(runs.flatMap(({ id }) => (environments.get(id) ?? []).map(({ name }) => name)));
  return [...names]
    .toSorted((one, other) => environmentRank(one) - environmentRank(other))
    .map((name) => ({
      id: name,
      section: 'environment',
      label: environmentLabel(name),
      unit: '',
      text: (run) => {
        const entry = entryOf(run, name);
        if (entry === undefined) return null;
        return name === 'gitCommit' ? entry.value.slice(0, COMMIT_DIGITS) : environmentText(entry);
      },
      number: () => null,
    }));
}

/** `2026-11-26 10:02`, in the reader's time zone: Sweden writes dates so. Made once, since making it is slow. */
const TIME = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
