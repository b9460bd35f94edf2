import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRunFilter } from './runFilter.ts';
import { runRow } from './runRow.fixture.ts';

const run = runRow({
  id: 7,
  studyId: 2,
  tags: ['paper', 'table 2'],
  notes: 'looks fine',
  recipe: { learningRate: 0.05, seed: 3, schedule: 'step' },
  network: { version: 'v2', depth: 110, block: 'basic', se: 16, shortcut: 'projection' },
});

describe('the run filter', () => {
  it.each([
    '',
    '   ',
    'depth>=110 version:v2 state:finished lr<0.1',
    'depth=110 depth!=20 depth<111 depth>109 depth<=110',
    'accuracy>97% accuracy<0.981 best>=98.5%',
    'params>1.7M speed>0.4k',
    'network:se_resnet_v2_110 shortcut:projection se>=8 family:cifar activation:none',
    'clip:none augment:no augment=false',
    'tag:paper tag:"table 2" tags="table 2" -tag:old',
    'RESNET fine digits',
    '"looks fine"',
    'schedule:step seed:3 study:2 id=7',
    'minutes>=1 minutes<2',
    'LearningRate:5e-2',
  ])('%s takes the run', (text) => {
    const filter = parseRunFilter(text);
    expect(filter.errors).toEqual([]);
    expect(filter.matches(run)).toBe(true);
  });

  it.each([
    'depth>110',
    'version:v1',
    'state:failed',
    'lr!=0.05',
    '-depth:110',
    'tag=pap',
    'clip>1',
    'absent',
    'loss:nan',
  ])('%s does not', (text) => {
    const filter = parseRunFilter(text);
    expect(filter.errors).toEqual([]);
    expect(filter.matches(run)).toBe(false);
  });

  it('finds runs by their health, once they are judged, and says that it asks for it', () => {
    const dead = parseRunFilter('health:dead');
    expect(dead.asksForHealth).toBe(true);
    expect(dead.matches(run, { health: 'dead' })).toBe(true);
    expect(dead.matches(run, { health: 'healthy' })).toBe(false);
    expect(dead.matches(run)).toBe(false);
    const past = parseRunFilter('health=recovered');
    expect(past.matches(run, { health: 'recovered' })).toBe(true);
    expect(parseRunFilter('health:earlier').matches(run, { health: 'recovered' })).toBe(true);
    expect(parseRunFilter('-Health:healthy').matches(run, { health: 'vanishing' })).toBe(true);
    expect(parseRunFilter('depth>8').asksForHealth).toBe(false);
  });

  it('finds losses that are not numbers', () => {
    expect(parseRunFilter('loss:nan').matches(runRow({ testLoss: Number.NaN }))).toBe(true);
  });

  it.each([
    ['depht>3', 'There is no field "depht"', 0, 7],
    ['v2 lr<fast', '"fast" is not a number', 3, 10],
    ['depth>=', 'A value is missing after "depth>="', 0, 7],
    ['constructor:x', 'There is no field "constructor"', 0, 13],
    ['-', 'A word is missing here', 0, 1],
  ])('%s: %s', (text, message, start, end) => {
    const [error] = parseRunFilter(text).errors;
    expect(error).toMatchObject({ start, end });
    expect(error!.message).toContain(message);
  });

  it('leaves a wrong term out and keeps the others', () => {
    const filter = parseRunFilter('depth>=100 nonsense:1');
    expect(filter.matches(run)).toBe(true);
    expect(filter.matches(runRow({ network: { version: 'v1', depth: 20, block: 'basic' } }))).toBe(false);
  });

  it('reads any text without failing, and points inside it', () => {
    const pieces = fc.constantFrom('depth', '>=', ':', '"', '-', ' ', '110', 'lr', '<', '!', '%', 'é', '\u0000', '=');
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { errors, matches } = parseRunFilter(text);
        expect(typeof matches(run)).toBe('boolean');
        for (const { start, end } of errors) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
