import type { BrowserWindow } from 'electron';
import type { OverallProgress } from '../host/electronMessages.ts';

/** Below 0 the platform shows no bar. */
const NO_BAR = -1;

/** Shows what trains in the window's button of the taskbar or dock; where it rests, as paused (Windows; others show the bar). */
export function showInTaskbar(window: BrowserWindow, progress: OverallProgress | null): void {
  if (progress === null) window.setProgressBar(NO_BAR);
  else window.setProgressBar(progress.share, { mode: progress.isResting ? 'paused' : 'normal' });
}
