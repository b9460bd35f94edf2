import { describe, expect, it } from 'vitest';
import { displayAddresses, hasDisplay } from './display.mjs';

describe('whether a window can be shown', () => {
  it('is asked of the display, not of DISPLAY', async () => {
    expect(await hasDisplay({ DISPLAY: ':4711' }, 'linux')).toBe(false);
    expect(await hasDisplay({}, 'linux')).toBe(false);
    expect(await hasDisplay({ WAYLAND_DISPLAY: 'wayland-9', XDG_RUNTIME_DIR: '/nowhere' }, 'linux')).toBe(false);
  });

  it('is never a question on macOS and Windows', async () => {
    expect(await hasDisplay({}, 'darwin')).toBe(true);
    expect(await hasDisplay({}, 'win32')).toBe(true);
  });

  it('reads the names of X displays', () => {
    expect(displayAddresses(':0')).toEqual([{ path: '/tmp/.X11-unix/X0' }, { path: '\0/tmp/.X11-unix/X0' }]);
    expect(displayAddresses('localhost:10.0')).toEqual([{ host: 'localhost', port: 6010 }]);
    expect(displayAddresses('nonsense')).toEqual([]);
  });
});
