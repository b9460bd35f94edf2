import SQLite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { HealthFinding } from '../contract/health.ts';
import { frame, healthy, runningRun, temporaryStore } from './store.fixture.ts';

const RULES = 3;

function endedRun() {
  const store = temporaryStore();
  const { id, attempt } = runningRun(store);
  store.steps.append(id, attempt, frame(1, 44), 1);
  store.checkpoints.record(id, attempt, { step: 22, file: 'a', bytes: 1, sha256: 'a'.repeat(64) });
  store.runs.end(id, attempt, { state: 'stopped', reason: '', measured: null });
  store.verdicts.keep(healthy({ runId: id, lastStep: 44 }), RULES);
  return { store, id };
}

const finding = (measured: number): HealthFinding => ({
  rule: 'vanishing',
  fault: 'vanishing',
  firstStep: 3,
  lastStep: 9,
  holds: false,
  layer: { position: 1, name: 'head' },
  measured,
  sentence: 'Norms fall',
  advice: ['Warm up'],
});

describe('a verdict', () => {
  it.each([1234.5, 0, NaN, Infinity, -Infinity])('comes back as it was kept, with a measured %d', (measured) => {
    const { store, id } = endedRun();
    const verdict = healthy({
      runId: id,
      lastStep: 44,
      verdict: 'recovered',
      findings: [finding(measured), { ...finding(2), layer: null, fault: null, rule: 'clipped' }],
      checks: [{ rule: 'stalled', needs: 100, nearest: 'The loss fell' }],
    });
    store.verdicts.keep(verdict, RULES);
    expect(store.verdicts.find(id, RULES)).toEqual(verdict);
  });

  it('is found by the rules alone that it was made by', () => {
    const { store, id } = endedRun();
    expect(store.verdicts.find(id, RULES + 1)).toBeNull();
    expect(store.verdicts.find(id + 1, RULES)).toBeNull();
  });

  it('is kept of all steps of a run that has ended, or not at all', () => {
    const { store, id } = endedRun();
    store.verdicts.keep(healthy({ runId: id, lastStep: 43, verdict: 'unknown' }), RULES);
    expect(store.verdicts.find(id, RULES)).toMatchObject({ lastStep: 44, verdict: 'healthy' });
    const running = runningRun(store);
    store.verdicts.keep(healthy({ runId: running.id, lastStep: 0 }), RULES);
    expect(store.verdicts.find(running.id, RULES)).toBeNull();
  });

  it('goes when its run goes on, gets more epochs or is deleted for good, and none is given to a fork', () => {
    const ways: ((store: ReturnType<typeof temporaryStore>, id: number) => void)[] = [
      (store, id) => store.runs.requestResume(id),
      (store, id) => store.runs.extend(id, { epochs: 9, totalSteps: 198 }),
      (store, id) => {
        store.runs.delete([id]);
        store.bin.purgeRuns([id]);
      },
    ];
    for (const goOn of ways) {
      const { store, id } = endedRun();
      goOn(store, id);
      expect(store.verdicts.find(id, RULES)).toBeNull();
    }
    const { store, id } = endedRun();
    const run = { ...store.runs.get(id), name: 'fork' };
    const fork = store.runs.fork({ parentId: id, step: 22, changes: '', run, copyCheckpoint: () => 'b' });
    expect(store.verdicts.find(fork.id, RULES)).toBeNull();
    expect(store.verdicts.find(id, RULES)).not.toBeNull();
  });

  it('stays while its run is in the bin', () => {
    const { store, id } = endedRun();
    store.runs.delete([id]);
    store.runs.restore([id]);
    expect(store.verdicts.find(id, RULES)).not.toBeNull();
  });

  it('is none where the file holds something else', () => {
    const { store, id } = endedRun();
    const other = new SQLite(store.file);
    other.exec(`UPDATE verdicts SET verdict = 'splendid'`);
    expect(store.verdicts.find(id, RULES)).toBeNull();
    other.exec(`UPDATE verdicts SET verdict = 'healthy', findings = '[{}]'`);
    expect(store.verdicts.find(id, RULES)).toBeNull();
    other.close();
  });
});
