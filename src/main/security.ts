import { app, session, shell, type WebContents, type WebFrameMain } from 'electron';
import { PAGE_ORIGIN } from './protocol.ts';

/** Pages outside the application that it may open in the user's browser. */
const OUTSIDE_HOSTS = ['arxiv.org', 'doi.org', 'archive.ics.uci.edu'];

/** Refuses every permission, and every download but the files that the page itself makes (exports). */
export function hardenSession(): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
}

/** No window leaves the page, opens another one or holds a foreign page inside. */
export function hardenWindows(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (originOf(event.url) !== PAGE_ORIGIN) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (originOf(event.url) !== PAGE_ORIGIN) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const outside = URL.canParse(url) ? new URL(url) : null;
      if (outside?.protocol === 'https:' && OUTSIDE_HOSTS.includes(outside.host)) void shell.openExternal(outside.href);
      return { action: 'deny' };
    });
  });
}

/** Whether a message comes from the main frame of a known window that shows the application's own page. */
export function isOwnFrame(frame: WebFrameMain | null, window: { readonly mainFrame: WebFrameMain } | null): boolean {
  if (!frame || !window) return false;
  return frame === window.mainFrame && frame.parent === null && originOf(frame.url) === PAGE_ORIGIN;
}

/** The origin of an address; `URL.origin` is `null` for schemes of our own, so it is put together here. */
function originOf(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
