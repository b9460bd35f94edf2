import { useEventListener } from '@vueuse/core';
import { useActions } from './actions.ts';
import { isTyping, pressedKey } from './keys.ts';

/** The second key of `g r` follows within this. */
const SEQUENCE_MS = 1200;

/** Runs an action when its keys are pressed. Called once, by the shell. */
export function useActionKeys(): void {
  const actions = useActions();
  let first: { key: string; at: number } | null = null;

  useEventListener(window, 'keydown', (event) => {
    const key = pressedKey(event);
    if (event.defaultPrevented || event.altKey || (isTyping(event) && !key.startsWith('mod+'))) return;
    if (document.querySelector('[role="dialog"]') && key !== 'mod+k') return;
    const before = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : null;
    const action = actions.all.find(({ keys }) => keys !== undefined && (keys === before || keys === key));
    first = action ? null : { key, at: event.timeStamp };
    if (!action) return;
    event.preventDefault();
    action.run();
  });
}
