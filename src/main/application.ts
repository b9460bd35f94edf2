import { app, dialog, ipcMain, shell, type BrowserWindow, type MessageBoxSyncOptions } from 'electron';
import { resolve } from 'node:path';
import { installMenu } from './menu.ts';
import { installPicking } from './picking.ts';
import { servePage } from './protocol.ts';
import { hardenSession, hardenWindows, isOwnFrame } from './security.ts';
import { startHostProcess, type HostProcess } from './hostProcess.ts';
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

  const showFile = (file: string) => shell.showItemInFolder(file);
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

  const showWindow = () => {
    window = openWindow({ preload: bundle('../preload/preload.cjs'), icon: bundle('../../resources/icon.png') });
    window.on('close', (event) => {
      if (!quitting && !mayQuit()) event.preventDefault();
    });
    window.on('closed', () => (window = null));
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
    if (window?.isMinimized()) window.restore();
    window?.focus();
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
    detail: 'Quitting writes a checkpoint of the run that trains and ends those that wait.',
    buttons: ['Keep running', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  };
  return (window ? dialog.showMessageBoxSync(window, question) : dialog.showMessageBoxSync(question)) === 1;
}
