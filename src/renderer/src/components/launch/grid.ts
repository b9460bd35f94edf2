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
  readonly batchSize: number;
}

/** The grid that a draft asks for; null while a field that it depends on is wrong. A wrong momentum does not hide it. */
export function gridOf(kind: LaunchKind, draft: LaunchDraft): Grid | null {
  const recipe = recipeDraft(parse(TrainingRecipe, {}));
  const concerned = { ...draft, ...recipe, name: '', batchSize: draft.batchSize };
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

function grid(
  networks: readonly NetworkRequest[],
  seeds: number,
  { data, recipe }: { readonly data: string; readonly recipe: { readonly batchSize: number } },
): Grid {
  return { networks, seeds, runs: networks.length * seeds, data, batchSize: recipe.batchSize };
}
