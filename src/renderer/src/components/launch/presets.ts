import { parse } from 'valibot';
import type { Preset } from '../../../../contract/presets.ts';
import { TrainingRecipe } from '../../../../contract/recipe.ts';
import { recipeDraft, type LaunchDraft, type RecipeDraft } from './draft.ts';

/** The form with a preset's recipe; the seed is kept. */
export function applyPreset(draft: LaunchDraft, { recipe }: Preset): LaunchDraft {
  return { ...draft, ...recipeDraft(parse(TrainingRecipe, recipe)), seed: draft.seed };
}

/** Whether the draft's recipe is that of the preset, whatever the seed. */
export function matchesPreset(draft: LaunchDraft, preset: Preset): boolean {
  const applied = applyPreset(draft, preset);
  return (Object.keys(recipeDraft(parse(TrainingRecipe, {}))) as (keyof RecipeDraft)[]).every(
    (name) => applied[name] === draft[name],
  );
}
