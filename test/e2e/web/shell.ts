import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { onTestFinished } from 'vitest';
import { start } from '../../integration/commandLine.ts';
import { collectComplaints, dataFolder, waitUntilReady, type OpenShell, type Shell } from '../shell.ts';

export interface WebShell extends Shell {
  readonly name: 'web';
  /** The address that was printed, with its one-time code. */
  readonly address: string;
}

const LAUNCH = {
  executablePath: process.env['DEPTHLAB_CHROMIUM'] ?? '',
  args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update'],
};

/** `depthlab serve`, with options of its own, and a real browser. */
export const openWeb = async (
  options: Parameters<OpenShell>[0] = {},
  serveOptions: readonly string[] = [],
): Promise<WebShell> => {
  const { folder, database } = dataFolder(options);
  const complaints = collectComplaints();
  const browser = await chromium.launch(LAUNCH);
  onTestFinished(() => browser.close());

  const launch = async () => {
    const server = start(folder, 'serve', '--json', '--db', database, ...serveOptions);
    const address = /"address": *"([^"]+)"/.exec(await server.said(/"address": *"[^"]+"/))![1]!;
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    complaints.listenTo(page);
    await page.goto(address);
    await waitUntilReady(page);
    const close = async () => {
      await page.close();
      server.child.kill('SIGINT');
      await server.ended;
    };
    return { page, address, close };
  };

  let current = await launch();
  onTestFinished(() => current.close());
  return {
    name: 'web',
    folder,
    database,
    complaints,
    get page() {
      return current.page;
    },
    get address() {
      return current.address;
    },
    open: async (address) => {
      await current.page.goto(new URL(address, current.address).href);
    },
    savedBy: async (save) => {
      const [download] = await Promise.all([current.page.waitForEvent('download'), save()]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    },
    relaunch: async () => {
      await current.close();
      current = await launch();
    },
    close: () => current.close(),
  };
};
