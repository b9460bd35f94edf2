import { parse } from 'valibot';
import { choicesOf, type NetworkRequest, type NetworkVersion } from '../../../../contract/network.ts';
import { TrainingRecipe } from '../../../../contract/recipe.ts';
import { checkRun, checkStudy } from './check.ts';
import { recipeDraft, type LaunchDraft, type LaunchKind } from './draft.ts';

/** What would be trained, whatever the recipe: each network with each seed. */
export interface Grid {
  readonly networks: readonly NetworkRequest[];
  readonly seeds: number;
  readonly runs: number;
  readonly data: string;
  /** How much memory a step takes depends on these. */
  readonly memory: Pick<TrainingRecipe, 'batchSize' | 'recompute' | 'microBatches'>;
}

/** The grid that a draft asks for; null while a field that it depends on is wrong. A wrong momentum does not hide it. */
export function gridOf(kind: LaunchKind, draft: LaunchDraft): Grid | null {
  const recipe = recipeDraft(parse(TrainingRecipe, {}));
  const concerned = { ...draft, ...recipe, name: '', ...memoryDraft(draft) };
  if (kind === 'run') {
    const { request } = checkRun(concerned);
    return request && grid([request.network], 1, request);
  }
  const { request } = checkStudy(concerned);
  if (request === null) return null;
  const uniqueVersions: readonly NetworkVersion[] = [...new Set(request.versions)];
  const byDepth = [...new Set(request.depths)].toSorted((one, other) => one - other);
  const choices = choicesOf(request);
  const networks = byDepth.flatMap((each) => uniqueVersions.map((v) => ({ version: v, depth: each, ...choices })));
  return grid(networks, request.seeds, request);
}

function memoryDraft({ batchSize, recompute, microBatches }: LaunchDraft) {
  return { batchSize, recompute, microBatches };
}

function grid(
  networks: readonly NetworkRequest[],
  seeds: number,
  { data, recipe }: { readonly data: string; readonly recipe: TrainingRecipe },
): Grid {
  const { batchSize, recompute, microBatches } = recipe;
  return { networks, seeds, runs: networks.length * seeds, data, memory: { batchSize, recompute, microBatches } };
}
