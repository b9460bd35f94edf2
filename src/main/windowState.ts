import { app, screen, type BrowserWindow, type Rectangle } from 'electron';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';

const WindowState = v.strictObject({
  x: v.number(),
  y: v.number(),
  width: v.pipe(v.number(), v.minValue(400)),
  height: v.pipe(v.number(), v.minValue(300)),
  maximized: v.boolean(),
});
type WindowState = v.InferOutput<typeof WindowState>;

const stateFile = () => join(app.getPath('userData'), 'window.json');

/** Where the window was when it was last closed; null where that is unknown or on no screen of today. */
export function readWindowState(): WindowState | null {
  try {
    const state = v.parse(WindowState, JSON.parse(readFileSync(stateFile(), 'utf8')));
    return isOnScreen(state) ? state : null;
  } catch {
    return null;
  }
}

/** Writes the window's place each time it is about to close. */
export function rememberWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    mkdirSync(dirname(stateFile()), { recursive: true });
    writeFileSync(stateFile(), JSON.stringify(state));
  });
}

function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const middle = bounds.x + bounds.width / 2;
    return middle > workArea.x && middle < workArea.x + workArea.width && bounds.y >= workArea.y - 20;
  });
}
