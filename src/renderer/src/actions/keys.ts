/** Whether the platform's command key is Cmd. */
const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac OS');

/**
 * Keys are written as `mod+k` (Ctrl, or Cmd on a Mac), `?`, or one after the other: `g r`.
 * Returns what stands on the keys.
 */
export function keyLabels(keys: string): string[] {
  return keys.split(/[ +]/).map((key) => {
    if (key === 'mod') return isMac ? '⌘' : 'Ctrl';
    return key.length === 1 ? key.toUpperCase() : key;
  });
}

/** A key press as it is written in an action's keys. */
export function pressedKey(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  return `${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
}

/** Inputs that take no letters. */
const SWITCHES = ['checkbox', 'radio', 'range', 'button'];

/** Whether a press belongs to the element that has the focus: letters typed into a field are no commands. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !SWITCHES.includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
