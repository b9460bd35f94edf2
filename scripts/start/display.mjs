import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

/**
 * Whether a window can be shown. A set DISPLAY is not enough (it outlives ssh and tmux sessions), so the display is asked.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [platform]
 * @returns {Promise<boolean>}
 */
export async function hasDisplay(env = process.env, platform = process.platform) {
  if (platform === 'win32' || platform === 'darwin') return true;
  const wayland = env['WAYLAND_DISPLAY'];
  if (wayland && existsSync(wayland.startsWith('/') ? wayland : join(env['XDG_RUNTIME_DIR'] ?? '', wayland)))
    return true;
  for (const address of displayAddresses(env['DISPLAY'])) {
    if (await answers(address)) return true;
  }
  return false;
}

/**
 * Where an X display listens.
 * @param {string | undefined} display such as `:0`, `:99.0` or `localhost:10.0`
 * @returns {import('node:net').NetConnectOpts[]}
 */
export function displayAddresses(display) {
  const match = /^([^:]*):(\d+)(?:\.\d+)?$/.exec(display ?? '');
  if (match === null) return [];
  const [, host, number] = match;
  const socket = `/tmp/.X11-unix/X${number}`;
  const here = [{ path: socket }, { path: `\0${socket}` }];
  return host === '' || host === 'unix' ? here : [{ host: host ?? '', port: 6000 + Number(number) }];
}

/** @param {import('node:net').NetConnectOpts} address */
function answers(address) {
  return /** @type {Promise<boolean>} */ (
    new Promise((resolve) => {
      const socket = connect(address);
      const end = (/** @type {boolean} */ answer) => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(1000, () => end(false));
      socket.once('connect', () => end(true));
      socket.once('error', () => end(false));
    })
  );
}
