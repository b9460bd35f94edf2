import * as v from 'valibot';
import { HealthFinding, RunHealth } from '../contract/health.ts';
import { ENDED_STATES } from '../contract/runState.ts';
import { type Context, write } from './context.ts';

/** Verdicts on the health of runs that have ended. One is gone as soon as its run may go on, and is found again by its own rules only. */
export interface Verdicts {
  /** The verdict on a run by the rules of this version; null where none is kept. */
  find(runId: number, rulesVersion: number): RunHealth | null;
  /** Keeps a verdict over all steps of a run that has ended; keeps nothing where the run has other steps, or goes on. */
  keep(health: RunHealth, rulesVersion: number): void;
}

/** With the way to forget one, inside the transaction that lets a run go on. */
export interface RecordedVerdicts extends Verdicts {
  readonly forget: (runId: number) => void;
}

interface VerdictRow {
  readonly last_step: number;
  readonly verdict: string;
  readonly sentence: string;
  readonly findings: string;
  readonly checks: string;
}

/** JSON has no NaN and no infinities: these are kept as words. */
const MeasuredWord = v.pipe(v.picklist(['NaN', 'Infinity', '-Infinity']), v.transform(Number));
const StoredHealth = v.strictObject({
  ...RunHealth.entries,
  findings: v.array(
    v.strictObject({ ...HealthFinding.entries, measured: v.union([HealthFinding.entries.measured, MeasuredWord]) }),
  ),
});

export function createVerdicts(context: Context): RecordedVerdicts {
  const { database } = context;
  const find = database.prepare<[number, number], VerdictRow>(
    'SELECT last_step, verdict, sentence, findings, checks FROM verdicts WHERE run_id = ? AND rules_version = ?',
  );
  const insert = database.prepare<[number, string, string, string, string, number, number, string]>(
    `INSERT OR REPLACE INTO verdicts (run_id, last_step, rules_version, verdict, sentence, findings, checks)
     SELECT id, last_step, ?, ?, ?, ?, ? FROM runs
     WHERE id = ? AND last_step = ? AND state IN (SELECT value FROM json_each(?))`,
  );
  const remove = database.prepare<[number]>('DELETE FROM verdicts WHERE run_id = ?');
  return {
    find(runId, rulesVersion) {
      const row = find.get(runId, rulesVersion);
      if (row === undefined) return null;
      const { last_step: lastStep, verdict, sentence, findings, checks } = row;
      const stored = { runId, verdict, sentence, lastStep, findings: read(findings), checks: read(checks) };
      const parsed = v.safeParse(StoredHealth, stored);
      return parsed.success ? parsed.output : null;
    },
    keep({ runId, verdict, sentence, lastStep, findings, checks }, rulesVersion) {
      const [found, checked] = [JSON.stringify(findings, withWords), JSON.stringify(checks)];
      write(context, () => {
        insert.run(rulesVersion, verdict, sentence, found, checked, runId, lastStep, JSON.stringify(ENDED_STATES));
      });
    },
    forget: (runId) => void remove.run(runId),
  };
}

/** Null where a damaged file holds something else than JSON. */
function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function withWords(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
