import { ipcMain, Notification, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import type { News } from '../host/electronMessages.ts';
import { isOwnFrame } from './security.ts';

interface NotificationOptions {
  readonly window: () => BrowserWindow | null;
  /** Brings the window to the front, at this address where it is one. */
  readonly show: (address: string | null) => void;
}

/**
 * Shows news as the desktop's notifications while the window is not in front. The page says whether its user wants them; it
 * keeps that with the other preferences.
 */
export function createNotifications({ window, show }: NotificationOptions): (news: News) => void {
  let isWanted = true;
  // One that nobody refers to is collected, and its click with it.
  const shown = new Set<Notification>();

  ipcMain.on('depthlab:notifications', (event, wanted: unknown) => {
    const parsed = v.safeParse(v.boolean(), wanted);
    if (parsed.success && isOwnFrame(event.senderFrame, window()?.webContents ?? null)) isWanted = parsed.output;
  });

  return ({ title, body, address }) => {
    if (!isWanted || window()?.isFocused() || !Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      show(address);
    });
    notification.show();
  };
}
