import { BrowserWindow, nativeTheme } from 'electron';
import { PAGE_ORIGIN } from './protocol.ts';
import { readWindowState, rememberWindowState } from './windowState.ts';

interface WindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Of the view that it opens with. */
  readonly address: string;
}

/** Opens the application's window: sandboxed, isolated, without Node. It shows itself once the page has painted. */
export function openWindow({ preload, icon, address }: WindowOptions): BrowserWindow {
  const state = readWindowState();
  const window = new BrowserWindow({
    ...(state ? { x: state.x, y: state.y, width: state.width, height: state.height } : { width: 1440, height: 900 }),
    minWidth: 880,
    minHeight: 560,
    show: false,
    title: 'Depthlab',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1115' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: true,
    },
  });
  rememberWindowState(window);
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize();
    window.show();
  });
  void window.loadURL(`${PAGE_ORIGIN}${address}`);
  return window;
}
