import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contract } from './contract.ts';
import { parseNetworkName } from './network.ts';
import { TrainingRecipe } from './recipe.ts';
import { StudyRequest } from './study.ts';

describe('the contract', () => {
  it('shows every change of the public interface in review', async () => {
    const schemas = Object.entries(contract).map(([name, method]) => ({
      name,
      kind: method.kind,
      writes: method.writes,
      arguments: toJsonSchema(method.arguments, { errorMode: 'ignore' }),
      result: toJsonSchema(method.result, { errorMode: 'ignore' }),
    }));
    await expect(`${JSON.stringify(schemas, null, 1)}\n`).toMatchFileSnapshot('contract.schema.json');
  });

  it('fills a whole recipe from nothing and refuses unknown keys', () => {
    expect(v.parse(TrainingRecipe, {})).toMatchObject({ epochs: 5, learningRate: 0.1, batchSize: 64, clipNorm: null });
    expect(v.safeParse(TrainingRecipe, { learningrate: 0.1 }).success).toBe(false);
  });

  it.each([
    [{ learningRate: 0 }, 'The learning rate is greater than 0'],
    [{ momentum: 1 }, 'The momentum is less than 1'],
    [{ milestones: [0.7, 0.5] }, 'Milestones are in ascending order'],
    [{ epochs: 2.5 }, 'The number of epochs is a whole number'],
  ])('says why %j is refused', (recipe, message) => {
    const result = v.safeParse(TrainingRecipe, recipe);
    expect(result.issues?.[0].message).toBe(message);
  });

  it('makes the digits study of 2 versions x 3 depths x 3 seeds the default', () => {
    expect(v.parse(StudyRequest, {})).toMatchObject({
      versions: ['v1', 'v2'],
      depths: [8, 20, 44],
      seeds: 3,
      data: 'digits',
      recipe: { epochs: 5 },
    });
  });

  it('reads network names', () => {
    expect(parseNetworkName('resnet_v2_1001')).toEqual({ version: 'v2', depth: 1001 });
    expect(parseNetworkName('resnet_v3_20')).toBeNull();
    expect(parseNetworkName('resnet_v2_')).toBeNull();
  });
});
