import { defineStore } from 'pinia';
import { ref } from 'vue';
import { UserError } from '../../../contract/errors.ts';

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  /** What the user can do about it; empty where there is nothing to add. */
  readonly hint: string;
  readonly action: { readonly label: string; run(): void } | null;
}

/** Long enough to read, to change one's mind and to press Undo. */
const SHOWN_MS = 10_000;

/** Short messages at the window's corner. An error stays until it is closed. */
export const useNotices = defineStore('notices', () => {
  const shown = ref<Notice[]>([]);
  let lastId = 0;

  const dismiss = (id: number) => {
    shown.value = shown.value.filter((notice) => notice.id !== id);
  };
  const add = (notice: Omit<Notice, 'id'>) => {
    const id = ++lastId;
    shown.value = [...shown.value.filter(({ text }) => text !== notice.text), { ...notice, id }];
    if (notice.kind === 'info') setTimeout(() => dismiss(id), SHOWN_MS);
  };

  const show = (text: string, action: Notice['action'] = null) => add({ kind: 'info', text, hint: '', action });
  /** For the end of a promise or a stream. */
  const showError = (error: unknown) => {
    const { message, where, hint } = UserError.from(error);
    add({
      kind: 'error',
      text: where === '' || message.includes(where) ? message : `${message} (${where})`,
      hint,
      action: null,
    });
  };
  return { shown, show, showError, dismiss };
});
