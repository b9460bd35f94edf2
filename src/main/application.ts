import { app, dialog, ipcMain, shell, type BrowserWindow, type MessageBoxSyncOptions } from 'electron';
import { resolve } from 'node:path';
import type { OverallProgress } from '../host/electronMessages.ts';
import { installMenu } from './menu.ts';
import { createNotifications } from './notifications.ts';
import { installPicking } from './picking.ts';
import { createSleepBlocker } from './powerSave.ts';
import { servePage } from './protocol.ts';
import { hardenSession, hardenWindows, isOwnFrame } from './security.ts';
import { startHostProcess, type HostProcess } from './hostProcess.ts';
import { showInTaskbar } from './taskbar.ts';
import { openWindow } from './window.ts';

const bundle = (path: string) => resolve(import.meta.dirname, path);

/** What a second start tells the first one, which stays. */
export interface InstanceData {
  readonly databaseFile: string;
}

/** The whole application once Electron is ready: one host process, one window, and what happens when either ends. */
export function startApplication(databaseFile: string): void {
  let window: BrowserWindow | null = null;
  let deaths = 0;
  let agreed = false;
  let quitting = false;
  let hostIsClosed = false;

  let progress: OverallProgress | null = null;
  const blockSleep = createSleepBlocker();
  const notify = createNotifications({ window: () => window, show: (address) => bringToFront(address) });

  const showFile = (file: string) => shell.showItemInFolder(file);
  const showProgress = (now: OverallProgress | null) => {
    progress = now;
    blockSleep(now !== null && !now.isResting);
    if (window) showInTaskbar(window, now);
  };
  const startHost = (): HostProcess =>
    startHostProcess({
      hostFile: bundle('host.js'),
      programs: { trainer: bundle('trainer.js'), task: bundle('task.js') },
      databaseFile,
      resourcesFolder: bundle('../../resources'),
      onOpened: () => (window ? window.webContents.reload() : showWindow()),
      onRefused: (error) => {
        dialog.showErrorBox(error.message, [error.where, error.hint].filter(Boolean).join('\n\n'));
        quitting = true;
        app.exit(1);
      },
      onDied: (lastWords) => void restartHost(lastWords),
      onShowFile: showFile,
      onProgress: showProgress,
      onNews: (news) => {
        if (!quitting) notify(news);
      },
    });

  const restartHost = async (lastWords: readonly string[]) => {
    if (quitting) return;
    deaths += 1;
    if (deaths > 1) {
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: 'The part of Depthlab that keeps your runs ended unexpectedly',
        detail: `Every confirmed step is in the database. ${lastWords.slice(-3).join('\n')}`,
        buttons: ['Restart it', 'Quit'],
        cancelId: 1,
      });
      if (response === 1) return app.quit();
    }
    host = startHost();
  };

  const showWindow = (address = '/') => {
    window = openWindow({
      preload: bundle('../preload/preload.cjs'),
      icon: bundle('../../resources/icon.png'),
      address,
    });
    showInTaskbar(window, progress);
    window.on('close', (event) => {
      if (!quitting && !mayQuit()) event.preventDefault();
    });
    window.on('closed', () => (window = null));
  };

  const bringToFront = (address: string | null) => {
    if (!window) return showWindow(address ?? '/');
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    if (address !== null) window.webContents.send('depthlab:show', address);
  };

  /** Whether the user lets runs end; once said, it is not asked again. */
  const mayQuit = (): boolean => {
    agreed ||= host.busyRuns === 0 || askToQuit(window, host.busyRuns);
    return agreed;
  };

  /** The window goes at once; the process when the trainers have written their checkpoints. */
  const quit = async () => {
    if (quitting) return;
    quitting = true;
    window?.hide();
    await host.close();
    hostIsClosed = true;
    app.quit();
  };

  hardenSession();
  hardenWindows();
  servePage(bundle('../renderer'));
  installMenu({ showDatabase: () => showFile(databaseFile) });
  let host = startHost();

  installPicking({ window: () => window, announce: (handle, path) => host.announcePicked(handle, path) });
  ipcMain.on('depthlab:connect', (event) => {
    if (!isOwnFrame(event.senderFrame, window?.webContents ?? null)) return;
    event.senderFrame?.postMessage('depthlab:port', null, [host.connectWindow()]);
  });
  app.on('second-instance', (_event, _argv, _folder, other) => {
    bringToFront(null);
    const { databaseFile: asked } = other as InstanceData;
    if (asked !== databaseFile) explainOtherDatabase(databaseFile, asked);
  });
  app.on('activate', () => {
    if (!window) showWindow();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (hostIsClosed) return;
    event.preventDefault();
    if (mayQuit()) void quit();
  });
  // Ctrl-C in the terminal, a polite kill, the session's end: nobody is there to answer a question.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void quit());
}

/** One window is open for each data folder; it stays with its database. */
function explainOtherDatabase(shown: string, asked: string): void {
  void dialog.showMessageBox({
    type: 'info',
    message: 'Depthlab is open already, with another database',
    detail: `It shows ${shown}. Quit it before you open ${asked}.`,
  });
}

/** Asks before runs are ended; true means quit. */
function askToQuit(window: BrowserWindow | null, runs: number): boolean {
  const question: MessageBoxSyncOptions = {
    type: 'question',
    message: runs === 1 ? 'A run is not finished' : `${runs} runs are not finished`,
    detail:
      'If you quit, what trains stops after its step with a checkpoint, and what waits leaves the queue. ' +
      'At the next start, the runs page offers to go on with them.',
    buttons: ['Keep running', 'Stop and quit'],
    defaultId: 0,
    cancelId: 0,
  };
  return (window ? dialog.showMessageBoxSync(window, question) : dialog.showMessageBoxSync(question)) === 1;
}
