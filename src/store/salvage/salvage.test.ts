import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../contract/errors.ts';
import { toBytes } from '../chunks.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { healthy, newRun, OBSERVED_LAYERS, observedFrame, runningRun, temporaryFolder } from '../store.fixture.ts';
import { salvage, type SalvageReport } from './salvage.ts';

const RUNS = 5;
const STEPS = 2300;
/** Damaged copies; more of them in the long form. */
const TRIALS = Number(process.env['DEPTHLAB_TRIALS'] ?? 20);

/** Runs with segments, a tail, an epoch and a checkpoint; the last one still trains. */
function filled(): { file: string; store: Store } {
  const file = join(temporaryFolder(), 'depthlab.db');
  const store = openStore(file);
  store.studies.create({
    name: 'study',
    request: { data: 'digits', recipe: newRun().recipe, seeds: 1, versions: ['v2'], depths: [8], series: [] },
    runs: [],
  });
  for (let run = 1; run <= RUNS; run += 1) {
    const { id, attempt } = runningRun(store, ['stem', 'head'], OBSERVED_LAYERS);
    store.steps.append(id, attempt, observedFrame(1, STEPS, 20), 1);
    const results = { validationLoss: null, validationAccuracy: null, testLoss: 1, testAccuracy: 0.5 };
    store.epochs.record(id, attempt, {
      epoch: 1,
      step: 22,
      trainLoss: 1,
      trainAccuracy: 0.5,
      learningRate: 1,
      elapsedMs: 1,
      ...results,
    });
    store.checkpoints.record(id, attempt, { step: 22, file: 'a', bytes: 1, sha256: 'a'.repeat(64) });
    if (run === RUNS) continue;
    store.runs.end(id, attempt, { state: 'finished', reason: '', measured: null });
    store.verdicts.keep(healthy({ runId: id, lastStep: STEPS }), 1);
  }
  return { file, store };
}

function contentOf(store: Store, id: number, steps: number): Buffer {
  const { values } = store.steps.readSeries(id, 'loss', 1, steps);
  if (steps === 0) return Buffer.alloc(0);
  const range = { toStep: steps, columns: 16 };
  const norms = store.steps.readFlowMap(id, 'gradientNorm', range);
  const observed = store.steps.readFlowMap(id, 'activationStd', range);
  return Buffer.concat([values, norms.values, observed.values].map(toBytes));
}

/** Salvages a copy of these bytes; checks what must always hold. Null where nothing could be read. */
function salvaged(bytes: Buffer, healthy: Store): SalvageReport | null {
  const folder = temporaryFolder();
  const [file, to] = [join(folder, 'depthlab.db'), join(folder, 'salvaged.db')];
  writeFileSync(file, bytes);
  let report: SalvageReport;
  try {
    report = salvage(file, to);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(existsSync(to)).toBe(false);
    return null;
  } finally {
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(existsSync(`${to}.damaged-copy`)).toBe(false);
  }
  const store = openStore(to);
  for (const { id, keptSteps, recordedSteps, doubtfulSegments } of report.runs) {
    const warnings = store.runs.detail(id).events.filter(({ kind }) => kind === 'warning');
    expect(store.runs.get(id).lastStep).toBe(keptSteps);
    expect(warnings.length > 0).toBe(keptSteps < recordedSteps || doubtfulSegments.length > 0);
    // Steps of the open tail have no hash that could tell.
    const isOpen = id === RUNS;
    const hashedSteps = isOpen ? Math.floor(keptSteps / 1000) * 1000 : keptSteps;
    if (doubtfulSegments.length > 0 || (keptSteps < recordedSteps && !isOpen)) continue;
    expect(contentOf(store, id, hashedSteps).equals(contentOf(healthy, id, hashedSteps))).toBe(true);
  }
  store.close();
  return report;
}

describe('salvage', () => {
  it('copies a database that is not damaged as it is', () => {
    const { file, store } = filled();
    store.checkpointLog();
    const report = salvaged(readFileSync(file), store)!;
    expect(report).toMatchObject({ tables: [], lostRunIds: [] });
    expect(report.runs).toHaveLength(RUNS);
    for (const run of report.runs) {
      expect(run).toMatchObject({ recordedSteps: STEPS, keptSteps: STEPS, doubtfulSegments: [] });
      const copy = openStore(report.to, { readOnly: true });
      expect(copy.runs.detail(run.id)).toEqual(store.runs.detail(run.id));
      expect(copy.studies.list()).toEqual(store.studies.list());
      // The run is judged again, by the steps that are there.
      expect(copy.verdicts.find(run.id, 1)).toBeNull();
      copy.close();
    }
    store.close();
  });

  it('reads what still waits in the write-ahead log, and leaves the log as it is', () => {
    const { file, store } = filled();
    const folder = temporaryFolder();
    const crashed = join(folder, 'depthlab.db');
    for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${crashed}${ending}`);
    store.close();
    const log = readFileSync(`${crashed}-wal`);
    expect(log.length).toBeGreaterThan(0);
    expect(salvage(crashed, join(folder, 'to.db')).runs).toHaveLength(RUNS);
    expect(readFileSync(`${crashed}-wal`).equals(log)).toBe(true);
  });

  it('never crashes, names what it cannot vouch for, and keeps the runs that the damage missed', () => {
    const { file, store } = filled();
    store.checkpointLog();
    const whole = readFileSync(file);
    const outcomes = { nothing: 0, wholeRuns: 0, cutRuns: 0, doubtfulRuns: 0, lostRuns: 0 };
    const place = fc.noBias(fc.nat({ max: whole.length - 1 }));
    const kind = fc.constantFrom('flip', 'flip', 'zero page', 'garbage', 'truncate');
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), kind, (offset, mask, damage) => {
        let bytes = Buffer.from(whole);
        const page = offset - (offset % 4096);
        if (damage === 'flip') bytes[offset]! ^= mask;
        else if (damage === 'truncate') bytes = bytes.subarray(0, Math.max(offset, 4096));
        else bytes.fill(damage === 'garbage' ? mask : 0, page, page + 4096);
        const report = salvaged(bytes, store);
        if (report === null) outcomes.nothing += 1;
        for (const { keptSteps, recordedSteps, doubtfulSegments } of report?.runs ?? []) {
          if (doubtfulSegments.length > 0) outcomes.doubtfulRuns += 1;
          if (keptSteps < recordedSteps) outcomes.cutRuns += 1;
          else if (doubtfulSegments.length === 0) outcomes.wholeRuns += 1;
        }
        outcomes.lostRuns += report?.lostRunIds.length ?? 0;
      }),
      { numRuns: TRIALS },
    );
    store.close();
    process.stderr.write(`salvage of ${TRIALS} damaged copies with ${RUNS} runs each: ${JSON.stringify(outcomes)}\n`);
    expect(outcomes.wholeRuns).toBeGreaterThan(TRIALS * RUNS * 0.5);
    expect(outcomes.cutRuns + outcomes.doubtfulRuns).toBeGreaterThan(0);
  }, 600_000);

  it('refuses what is no database, what is not there, and to write over a file', () => {
    const folder = temporaryFolder();
    const [text, absent] = [join(folder, 'text'), join(folder, 'absent')];
    writeFileSync(text, 'hello'.repeat(100));
    expect(() => salvage(text, join(folder, 'to'))).toThrow('not one of a database');
    expect(() => salvage(absent, join(folder, 'to'))).toThrow('no database here');
    const { file, store } = filled();
    store.close();
    expect(() => salvage(file, text)).toThrow('a file of that name');
  });
});
