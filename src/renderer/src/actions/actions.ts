import { defineStore } from 'pinia';
import { computed, onScopeDispose, shallowRef } from 'vue';
import { useApplication } from '../stores/application.ts';

/** Something that a user can do from the palette, by a key, or both. */
export interface Action {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly keys?: string;
  /** It changes the database: not offered where that is read-only. */
  readonly writes?: boolean;
  run(): void;
}

/** All that can be done at the moment: what the shell offers, and what the open view adds. */
export const useActions = defineStore('actions', () => {
  const sets = shallowRef<readonly (() => readonly Action[])[]>([]);
  const application = useApplication();
  const all = computed(() =>
    sets.value.flatMap((set) => set()).filter(({ writes }) => !(writes === true && application.isReadOnly)),
  );

  /** Offers actions for as long as the calling component lives; they may depend on reactive state. */
  const offer = (set: () => readonly Action[]) => {
    sets.value = [...sets.value, set];
    onScopeDispose(() => {
      sets.value = sets.value.filter((other) => other !== set);
    });
  };
  return { all, offer };
});
