import { watchDebounced } from '@vueuse/core';
import { computed, onScopeDispose, shallowRef, type Ref } from 'vue';
import { UserError } from '../../../../contract/errors.ts';
import type { NetworkRequest, NetworkSummary } from '../../../../contract/network.ts';
import { useApi } from '../../api.ts';
import type { Grid } from './grid.ts';

type NetworkQuestion = Pick<Grid, 'networks' | 'data' | 'memory'>;

/** Without its layers: a table of stages needs none, and a thousand of them would be kept for each depth typed. */
export type NetworkOutline = Omit<NetworkSummary, 'layers'>;

export interface NetworkAnswer {
  /** In the order of the question, without those that are refused. */
  readonly networks: readonly NetworkOutline[];
  /** Why the first one that is refused does not exist. */
  readonly refusal: UserError | null;
  /** The question, as JSON. */
  readonly asked: string;
}

/** Long enough that a number is typed to its end. */
const PAUSE_MS = 250;

/**
 * What the host says about the networks that the form asks for. The last question's answer stays while there is no new
 * one; `isCurrent` says whether it answers what the form asks now.
 */
export function useNetworkSummaries(question: Readonly<Ref<NetworkQuestion | null>>) {
  const api = useApi();
  const answer = shallowRef<NetworkAnswer | null>(null);
  const known = new Map<string, NetworkOutline>();
  let newest = 0;

  const describe = async (network: NetworkRequest, { data, memory }: NetworkQuestion): Promise<NetworkOutline> => {
    const key = JSON.stringify([network, data, memory]);
    const kept = known.get(key);
    if (kept) return kept;
    const { layers: _layers, ...outline } = await api['networks.describe']({ network, data, ...memory });
    known.set(key, outline);
    return outline;
  };

  const ask = async (asked: NetworkQuestion): Promise<void> => {
    const turn = ++newest;
    const networks: NetworkOutline[] = [];
    let refusal: UserError | null = null;
    for (const network of asked.networks) {
      try {
        networks.push(await describe(network, asked));
      } catch (error) {
        refusal ??= UserError.from(error);
      }
      if (turn !== newest) return;
    }
    answer.value = { networks, refusal, asked: JSON.stringify(asked) };
  };

  watchDebounced(
    () => JSON.stringify(question.value),
    () => {
      if (question.value) void ask(question.value);
    },
    { debounce: PAUSE_MS, immediate: true },
  );
  onScopeDispose(() => {
    newest += 1;
  });
  const isCurrent = computed(() => answer.value?.asked === JSON.stringify(question.value));
  return { answer, isCurrent };
}
