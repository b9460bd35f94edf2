import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { until, waitUntilReady } from '../shell.ts';
import { HAS_SANDBOX, openElectron } from './shell.ts';

const open = () => openElectron({ from: inject('trainedDatabase') });

describe('the page in the window', () => {
  it('has no Node and nothing of Electron, in a sandbox and a world of its own', async () => {
    const { page, application } = await open();
    const found = await page.evaluate(() => ({
      types: [
        typeof Reflect.get(window, 'require'),
        typeof Reflect.get(window, 'process'),
        typeof Reflect.get(window, 'module'),
      ],
      depthlab: Object.keys(window.depthlab ?? {}),
      isFrozen: Object.isFrozen(window.depthlab),
    }));
    expect(found).toEqual({
      types: ['undefined', 'undefined', 'undefined'],
      depthlab: ['platform', 'pick', 'takeDropped', 'wantNotifications', 'onShow'],
      isFrozen: true,
    });
    const preferences = await application.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (
        window!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
    const pid = await application.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId(),
    );
    if (HAS_SANDBOX && process.platform === 'linux') {
      expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
    }
  });

  it('cannot leave, open another window or hold a foreign page', async () => {
    const { page, application, complaints } = await open();
    const address = page.url();
    await application.evaluate(({ BrowserWindow }) => {
      const refused: string[] = [];
      Object.assign(globalThis, { refused });
      // Called after the application's own listener.
      BrowserWindow.getAllWindows()[0]!.webContents.on('will-frame-navigate', (event) => {
        if (event.defaultPrevented) refused.push(event.url);
      });
    });
    const opened = await page.evaluate(() =>
      ['https://depthlab.invalid/', 'file:///etc/passwd', 'app://depthlab/runs', 'javascript:1'].map((target) =>
        window.open(target),
      ),
    );
    expect(opened).toEqual([null, null, null, null]);
    const targets = ['https://depthlab.invalid/', 'app://other/'];
    for (const target of targets) {
      await page.evaluate((to) => location.assign(to), target);
      await until(() =>
        application.evaluate((_, to) => (globalThis as unknown as { refused: string[] }).refused.includes(to), target),
      );
    }
    // Chromium itself refuses these.
    await page.evaluate(() => {
      const inside = document.createElement('iframe');
      inside.src = 'https://depthlab.invalid/inside';
      document.body.append(inside);
      location.assign('data:text/html,x');
      location.assign('file:///etc/passwd');
    });
    for (const refusal of [/JavaScript URL/, /frame 'https:/, /navigate top frame/, /load local resource/]) {
      complaints.expect(refusal);
      await until(() => complaints.all.some((complaint) => refusal.test(complaint)));
    }
    expect(page.url()).toBe(address);
    expect(await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await page.reload();
    await waitUntilReady(page);
  });

  it('gets no permission', async () => {
    const { page } = await open();
    const answers = await page.evaluate(async () => {
      const nameOf = (error: unknown) => (error as Error).name;
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
      ] as PermissionName[];
      const states = await Promise.all(
        names.map((name) => navigator.permissions.query({ name }).then(({ state }) => state)),
      );
      return [
        ...states,
        await Notification.requestPermission(),
        await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', nameOf),
        await navigator.clipboard.readText().then(() => 'granted', nameOf),
      ];
    });
    expect(answers.slice(0, 7)).toEqual(Array(7).fill('denied'));
    expect(answers.slice(7)).toEqual([expect.stringMatching(/NotAllowedError|NotFoundError/), 'NotAllowedError']);
  });

  it('gets the files of the page and no others', async () => {
    const { page, complaints } = await open();
    const statuses = await page.evaluate(async () => {
      const paths = [
        '/index.html',
        '/../main/main.js',
        '/%2e%2e/main/main.js',
        '/..%2fmain%2fmain.js',
        '/etc/passwd',
        '/.env',
      ];
      return Promise.all(paths.map(async (path) => (await fetch(path)).status));
    });
    expect(statuses).toEqual([200, 404, 404, 404, 200, 404]);
    // Any path that looks like a view's gets the page itself.
    expect(await page.evaluate(async () => (await fetch('/etc/passwd')).text())).toContain('<title>Depthlab</title>');
    complaints.expect(/404/);
  });

  it('is the only one that gets a port to the host', async () => {
    const { page, application } = await open();
    const [found] = await Promise.all([
      application.waitForEvent('window'),
      application.evaluate(async ({ BrowserWindow }) => {
        const [own] = BrowserWindow.getAllWindows();
        const { preload } = (
          own!.webContents as unknown as { getLastWebPreferences(): { preload: string } }
        ).getLastWebPreferences();
        await new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } }).loadURL('app://depthlab/');
      }),
    ]);
    const ask = (asking: typeof page) =>
      asking.evaluate(() => {
        window.addEventListener('message', ({ data, ports }) => {
          if (data === 'depthlab:port') document.body.dataset['ports'] = String(ports.length);
        });
        window.postMessage('depthlab:connect', location.origin);
      });
    await ask(found);
    // The main process answers in order: when this one has its port, the other would have had its own.
    await ask(page);
    await page.locator('body[data-ports="1"]').waitFor();
    expect(await found.evaluate(() => document.body.dataset['ports'])).toBeUndefined();
  });
});
