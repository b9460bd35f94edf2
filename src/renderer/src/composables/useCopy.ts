import { useClipboard } from '@vueuse/core';
import { useNotices } from '../stores/notices.ts';

/** Puts a text on the clipboard and says so. The older way serves where the page has no clipboard permission (Electron). */
export function useCopy(): (text: string, said: string) => Promise<void> {
  const { copy } = useClipboard({ legacy: true });
  const notices = useNotices();
  return async (text, said) => {
    try {
      await copy(text);
      notices.show(said);
    } catch (error) {
      notices.showError(error);
    }
  };
}
