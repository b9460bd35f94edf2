import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkpointFolder, dataFolder } from './folders.ts';

describe('the data folder', () => {
  it.each([
    [{ DEPTHLAB_HOME: '/data/mine' }, 'linux', resolve('/data/mine')],
    [{ XDG_DATA_HOME: '/xdg' }, 'linux', join('/xdg', 'depthlab')],
    [{ XDG_DATA_HOME: 'relative' }, 'linux', join(homedir(), '.local', 'share', 'depthlab')],
    [{}, 'linux', join(homedir(), '.local', 'share', 'depthlab')],
    [{}, 'darwin', join(homedir(), 'Library', 'Application Support', 'Depthlab')],
    [{ APPDATA: '/roaming' }, 'win32', join('/roaming', 'Depthlab')],
  ] as const)('of %j on %s is %s', (environment, platform, folder) => {
    expect(dataFolder(environment, platform)).toBe(folder);
  });
});

it('puts checkpoints beside the database', () => {
  expect(checkpointFolder(join('/data', 'depthlab.db'), 12)).toBe(join('/data', 'depthlab-checkpoints', 'run-000012'));
});
