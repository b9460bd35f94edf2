import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium, type Page } from 'playwright';

export interface Start {
  /** From the start of the process to the first text or image on the screen. */
  readonly firstPaintMs: number;
  /** To the first view that the host has filled. */
  readonly usableMs: number;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** The web host and a browser tab; the browser itself runs already, as a user's does. */
export async function startInBrowser(binary: string, folder: string): Promise<Start> {
  const browser = await chromium.launch({ executablePath: binary, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const began = Date.now();
  const cli = join(ROOT, 'out/main/cli.js');
  const host = spawn(process.execPath, [cli, 'serve', '--json', '--db', join(folder, 'bench.db')], {
    env: { ...process.env, DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    let document = '';
    for await (const line of createInterface({ input: host.stdout })) {
      document += line;
      if (line === '}' || document.endsWith('}')) break;
    }
    const { address } = JSON.parse(document) as { address: string };
    await page.goto(address);
    return await measure(page, began);
  } finally {
    await browser.close();
    host.kill('SIGINT');
    await once(host, 'close');
  }
}

/** The desktop application; the automation that measures it costs some of the time. */
export async function startInElectron(binary: string, folder: string): Promise<Start> {
  const began = Date.now();
  const application = await _electron.launch({
    executablePath: binary,
    args: ['--no-sandbox', ROOT, '--db', join(folder, 'bench.db'), `--user-data-dir=${join(folder, 'user')}`],
    env: { ...process.env, DEPTHLAB_HOME: folder, XDG_RUNTIME_DIR: folder },
  });
  try {
    return await measure(await application.firstWindow(), began);
  } finally {
    await application.close();
  }
}

/** `began` is milliseconds since 1970, as the page's own clock counts them. */
async function measure(page: Page, began: number): Promise<Start> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  const usableMs = Date.now() - began;
  const paintedAt = await page.evaluate(() => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN);
  });
  return { firstPaintMs: paintedAt - began, usableMs };
}
