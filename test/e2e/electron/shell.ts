import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { collectComplaints, dataFolder, waitUntilReady, type OpenShell, type Shell } from '../shell.ts';

export interface ElectronShell extends Shell {
  readonly name: 'electron';
  readonly application: ElectronApplication;
  /** The main process; Playwright forgets it once it has ended. */
  readonly main: ChildProcess;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** Chromium's sandbox does not run as root, as in a container. */
export const HAS_SANDBOX = process.getuid?.() !== 0;

/** What Node writes of an error in the main process that nobody caught; Chromium's own complaints look otherwise. */
const MAIN_PROCESS_ERROR = /Unhandled|Uncaught|JavaScript error occurred|^\w*Error: /m;

/** The application in a real Electron: its main process, preload script, host and trainers. */
export const openElectron = async (options: Parameters<OpenShell>[0] = {}): Promise<ElectronShell> => {
  const { folder, database } = dataFolder(options);
  const complaints = collectComplaints();

  const launch = async () => {
    const application = await _electron.launch({
      executablePath: process.env['DEPTHLAB_ELECTRON'] ?? '',
      args: startArguments(database),
      env: startEnvironment(folder),
      chromiumSandbox: HAS_SANDBOX,
    });
    const main = application.process();
    let said = '';
    main.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    onTestFinished(() => expect(said, 'the main process complained').not.toMatch(MAIN_PROCESS_ERROR));
    const page = await application.firstWindow();
    complaints.listenTo(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await waitUntilReady(page);
    return { application, main, page, close: () => quit(application, main) };
  };

  let current = await launch();
  onTestFinished(() => current.close());
  return {
    name: 'electron',
    folder,
    database,
    complaints,
    get page() {
      return current.page;
    },
    get main() {
      return current.main;
    },
    get application() {
      return current.application;
    },
    open: async (address) => {
      await current.page.goto(`app://depthlab${address}`);
    },
    savedBy: async (save) => {
      const path = join(folder, 'saved');
      await answerSaveDialog(current.application, path);
      await save();
      return { name: await offeredName(current.application), text: await readFile(path, 'utf8') };
    },
    relaunch: async () => {
      await current.close();
      current = await launch();
    },
    close: () => current.close(),
  };
};

/** Quits as the menu does, and answers that runs may end; the process is gone afterwards. */
async function quit(application: ElectronApplication, main: ChildProcess): Promise<void> {
  if (main.exitCode !== null || main.signalCode !== null) return;
  await answerQuestions(application, 1);
  await application.close();
}

/** Native dialogs cannot be clicked by a test: each gets this answer, and their texts are kept. */
export async function answerQuestions(application: ElectronApplication, answer: number): Promise<void> {
  await application.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    const note = (...words: unknown[]) => {
      const options = words.at(-1) as { message: string; detail?: string };
      asked.push([options.message, options.detail].join('\n'));
    };
    Object.assign(globalThis, { asked });
    dialog.showMessageBoxSync = (...words: unknown[]) => {
      note(...words);
      return response;
    };
    dialog.showMessageBox = (...words: unknown[]) => {
      note(...words);
      return Promise.resolve({ response, checkboxChecked: false });
    };
  }, answer);
}

/** The questions asked since `answerQuestions`. */
export function askedQuestions(application: ElectronApplication): Promise<string[]> {
  return application.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}

/** The next file goes to `path` without the question where to save it, a native dialog too. */
async function answerSaveDialog(application: ElectronApplication, path: string): Promise<void> {
  await application.evaluate(({ session }, savePath) => {
    const saved = Promise.withResolvers<string>();
    Object.assign(globalThis, { saved: saved.promise });
    session.defaultSession.once('will-download', (_event, item) => {
      item.setSavePath(savePath);
      item.once('done', (_done, state) => {
        if (state === 'completed') saved.resolve(item.getFilename());
        else saved.reject(new Error(`The file was not saved: ${state}`));
      });
    });
  }, path);
}

/** Of the file since `answerSaveDialog`, once it is whole. */
function offeredName(application: ElectronApplication): Promise<string> {
  return application.evaluate(() => (globalThis as unknown as { saved: Promise<string> }).saved);
}

export function startArguments(database: string): string[] {
  return [...(HAS_SANDBOX ? [] : ['--no-sandbox']), ROOT, '--db', database];
}

export function startEnvironment(folder: string): Record<string, string> {
  const env: Record<string, string> = { DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder };
  for (const [name, value] of Object.entries(process.env)) {
    // Editors set it in their terminals; with it Electron opens no window.
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') env[name] ??= value;
  }
  return env;
}
