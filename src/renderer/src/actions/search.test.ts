import { describe, expect, it } from 'vitest';
import { searchActions } from './search.ts';

const action = (group: string, title: string) => ({ id: title, group, title, run: () => undefined });

describe('the search of the palette', () => {
  const actions = [
    action('Go to', 'Runs'),
    action('Runs', 'resnet_v2_20 seed 1'),
    action('Runs', 'resnet_v1_20 seed 1'),
  ];

  it('finds by any words of the title and the group', () => {
    expect(searchActions(actions, 'seed V2')).toEqual([['Runs', [actions[1]]]]);
    expect(searchActions(actions, '  ').map(([group]) => group)).toEqual(['Go to', 'Runs']);
    expect(searchActions(actions, 'nothing')).toEqual([]);
  });

  it('shows a dozen of a group', () => {
    const many = Array.from({ length: 40 }, (_, index) => action('Runs', `run ${index}`));
    expect(searchActions(many, 'run')[0]?.[1]).toHaveLength(12);
  });
});
