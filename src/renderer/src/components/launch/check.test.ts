import { describe, expect, it } from 'vitest';
import { checkRecipe, checkRun, checkStudy, fieldOf } from './check.ts';
import { defaultDraft, type LaunchDraft } from './draft.ts';

const draft = (change: Partial<LaunchDraft> = {}): LaunchDraft => ({ ...defaultDraft(), ...change });
const issuesOf = (change: Partial<LaunchDraft>) => Object.fromEntries(checkStudy(draft(change)).issues);

describe('the draft against the contract', () => {
  it('is the default study and a run at first', () => {
    expect(checkStudy(draft()).request).toMatchObject({
      versions: ['v1', 'v2'],
      depths: [8, 20, 44],
      seeds: 3,
      data: 'digits',
      recipe: { epochs: 5, maxSteps: null, clipNorm: null, milestones: [0.5, 0.75] },
    });
    expect(checkRun(draft()).request).toMatchObject({ network: { version: 'v2', depth: 20 } });
  });

  it.each<[Partial<LaunchDraft>, Record<string, string>]>([
    [{ learningRate: '0' }, { learningRate: 'The learning rate is greater than 0' }],
    [{ learningRate: '0,1' }, { learningRate: 'A decimal is written with a point: 0.1' }],
    [{ epochs: '2.5' }, { epochs: 'The number of epochs is a whole number' }],
    [{ epochs: '' }, { epochs: 'A number is needed here' }],
    [{ momentum: '1' }, { momentum: 'The momentum is less than 1' }],
    [{ optimiser: 'adamw', beta2: '1', momentum: 'x' }, { beta2: 'Beta 2 is less than 1' }],
    [{ labelSmoothing: '1' }, { labelSmoothing: 'Label smoothing is less than 1' }],
    [{ observe: '0' }, { observe: 'The interval of observed steps is at least 1' }],
    [
      { observe: 'often' },
      { observe: 'Observed steps are "auto", "off" or every so many steps, a whole number from 1' },
    ],
    [{ clipNorm: '-1' }, { clipNorm: 'The clipping norm is greater than 0' }],
    [{ seeds: '0' }, { seeds: 'A study has at least one seed' }],
    [{ versions: [] }, { versions: 'A study has at least one version' }],
    [{ depths: '8, 3' }, { depths: '3: The depth is at least 8' }],
    [{ name: 'x'.repeat(201) }, { name: 'A name has at most 200 characters' }],
    [{ schedule: 'step', milestones: '0.7, 0.5' }, { milestones: 'Milestones are in ascending order' }],
    [{ schedule: 'step', milestones: '0.5, 2' }, { milestones: '2: A milestone is less than 1' }],
  ])('says why %j is refused', (change, issues) => {
    expect(issuesOf(change)).toEqual(issues);
    expect(checkStudy(draft(change)).request).toBeNull();
  });

  it.each([
    ['auto', 'auto'],
    [' off ', 'off'],
    ['25', 25],
  ])('reads %j as observed steps', (observe, expected) => {
    expect(checkRun(draft({ observe })).request!.recipe.observe).toBe(expected);
  });

  it('names every wrong field at once', () => {
    expect(Object.keys(issuesOf({ learningRate: 'x', batchSize: '0', depths: '' })).sort()).toEqual([
      'batchSize',
      'depths',
      'learningRate',
    ]);
  });

  it('does not ask for what the schedule has no use for', () => {
    const unused = { milestones: 'x', decayFactor: '', warmupRate: 'y' };
    expect(checkRecipe(draft({ ...unused, warmupSteps: '0' })).request).not.toBeNull();
    expect(Object.keys(issuesOf({ ...unused, schedule: 'step', warmupSteps: '5' }))).toHaveLength(3);
  });

  it('knows the field of a place in a request', () => {
    expect(fieldOf('recipe.milestones.1', 'run')).toBe('milestones');
    expect(fieldOf('network.depth', 'run')).toBe('depth');
    expect(fieldOf('network.depth', 'study')).toBe('depths');
    expect(fieldOf('runs.create', 'run')).toBeNull();
  });
});
