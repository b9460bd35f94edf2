import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { inRoot } from './setup/paths.mjs';
import { stopOnFailure } from './setup/stop.mjs';
import { browserEnvironment } from './test/machine.mjs';

/** `node scripts/icon.mjs` draws the page's icon as the window's and the task bar's: resources/icon.png, 512 x 512. */
await stopOnFailure(async () => {
  const found = await browserEnvironment();
  if ('missing' in found) throw new Error(`${found.missing}. To enable it: ${found.remedy}`);
  const browser = await chromium.launch({ executablePath: found.env['DEPTHLAB_CHROMIUM'] ?? '' });
  try {
    const page = await browser.newPage({ viewport: { width: 512, height: 512 } });
    const drawing = readFileSync(inRoot('src', 'renderer', 'public', 'icon.svg'), 'utf8');
    await page.setContent(`<style>body { margin: 0 }</style>${drawing}`);
    await page.locator('svg').screenshot({ path: inRoot('resources', 'icon.png'), omitBackground: true });
  } finally {
    await browser.close();
  }
});
