import { useLocalStorage } from '@vueuse/core';
import { shallowRef } from 'vue';
import type { Preset } from '../../../../contract/presets.ts';
import { useNotices } from '../../stores/notices.ts';
import { defaultDraft, takeBack, type LaunchDraft } from './draft.ts';
import { changesBetween } from './labels.ts';
import { applyPreset } from './presets.ts';

/** What a preset or a duplicated run has just changed, in words. */
export interface DraftChange {
  readonly title: string;
  readonly purpose: string;
  readonly changes: readonly string[];
  undo(): void;
}

/** What is typed into the form. It survives leaving the page and a restart; every change of many fields can be undone. */
export function useLaunchDraft() {
  const notices = useNotices();
  const draft = useLocalStorage('depthlab.launch', defaultDraft(), { mergeDefaults: true });
  const lastChange = shallowRef<DraftChange | null>(null);

  const replace = (after: LaunchDraft): { before: LaunchDraft; undo(): void } => {
    const before = { ...draft.value };
    draft.value = after;
    const undo = () => {
      draft.value = takeBack(draft.value, before, after);
      lastChange.value = null;
    };
    return { before, undo };
  };
  const fill = (after: LaunchDraft, title: string, purpose: string) => {
    const { before, undo } = replace(after);
    lastChange.value = { title, purpose, changes: changesBetween(before, after), undo };
  };
  const usePreset = (preset: Preset) => fill(applyPreset(draft.value, preset), preset.title, preset.purpose);
  const reset = () => {
    const { undo } = replace(defaultDraft());
    lastChange.value = null;
    notices.show('The form has its defaults again', { label: 'Undo', run: undo });
  };
  const dismissChange = () => {
    lastChange.value = null;
  };

  return { draft, lastChange, fill, usePreset, reset, dismissChange };
}
