import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { requireNode } from './setup/node.mjs';
import { inRoot } from './setup/paths.mjs';
import { setUp } from './setup/setUp.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { browserEnvironment } from './test/machine.mjs';

/**
 * `npm run screenshots`: the pictures of the user guide, of a real study that is trained while this runs (two minutes).
 * @typedef {import('playwright').Page} Page
 */

const folder = inRoot('docs', 'user-guide', 'images');
const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

await stopOnFailure(async () => {
  await setUp();
  const browser = await browserEnvironment();
  if ('missing' in browser) throw new Error(`${browser.missing}. To enable it: ${browser.remedy}`);
  const home = mkdtempSync(join(tmpdir(), 'depthlab-screenshots-'));
  const host = spawn(
    requireNode('Screenshots'),
    [inRoot('out', 'main', 'cli.js'), 'serve', '--json', '--db', join(home, 'depthlab.db')],
    {
      env: { ...process.env, DEPTHLAB_HOME: home, XDG_RUNTIME_DIR: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const [document] = await once(host.stdout, 'data');
    const { address } = JSON.parse(String(document));
    mkdirSync(folder, { recursive: true });
    await takeAll(browser.env['DEPTHLAB_CHROMIUM'] ?? '', address);
  } finally {
    host.kill('SIGINT');
    await once(host, 'close');
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});

/**
 * @param {string} executablePath
 * @param {string} address
 */
async function takeAll(executablePath, address) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  const minutes = 60_000;
  try {
    await page.goto(address);
    const start = page.getByRole('button', { name: 'Run the digits study' });
    await start.waitFor();
    await take(page, 'first-start');
    await start.click();
    await page.waitForURL('**/studies/*');
    await page
      .getByRole('contentinfo')
      .getByText('Nothing is training')
      .waitFor({ timeout: 15 * minutes });
    const at = async (/** @type {string} */ path) => {
      await page.goto(new URL(path, address).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(1500);
    };
    await at('/studies/1');
    await take(page, 'study');
    await page.emulateMedia({ colorScheme: 'dark' });
    await take(page, 'study-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    for (const [path, name] of [
      ['/studies', 'studies'],
      ['/runs/18', 'run'],
      ['/runs', 'runs'],
      ['/compare?runs=1-18&baseline=1&group=version,depth', 'compare'],
      ['/new?kind=study', 'new-study'],
      ['/queue', 'queue'],
      ['/data', 'data'],
    ]) {
      await at(path ?? '');
      await take(page, name ?? '');
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await take(page, 'palette');
  } finally {
    await browser.close();
  }
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function take(page, name) {
  await page.screenshot({ path: join(folder, `${name}.png`) });
  say(`${name}.png`);
}
