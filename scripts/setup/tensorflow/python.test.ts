import { join } from 'node:path';
import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programs, scratch } from '../scratch.fixture.ts';
import { findCompiler } from './compiler.mjs';
import { findPip } from './python.mjs';

describe('looking for pip', () => {
  it('says that there is no Python on PATH', async () => {
    expect(await findPip({ PATH: scratch() })).toEqual({ missing: 'No Python was found on PATH' });
  });

  it('says which Python has no pip', async () => {
    const path = programs({ python3: 'echo "No module named pip" >&2; exit 1' });
    expect(await findPip({ PATH: path })).toEqual({
      missing: `Python has no pip here (tried ${join(path, 'python3')})`,
    });
  });

  it('passes over a Python without pip', async () => {
    const bare = programs({ python3: 'exit 1' });
    const whole = programs({ python: 'exit 0' });
    const found = await findPip({ PATH: [bare, whole].join(delimiter) });
    expect(found).toEqual({ program: join(whole, 'python'), args: ['-m', 'pip'] });
  });

  it('takes a pip of its own', async () => {
    const path = programs({ python3: 'exit 1', pip3: 'exit 0' });
    expect(await findPip({ PATH: path })).toEqual({ program: join(path, 'pip3'), args: [] });
  });
});

describe('looking for a compiler', () => {
  it('says that there is none', async () => {
    expect(await findCompiler({ PATH: scratch() })).toHaveProperty('missing');
  });

  it('passes over one that only asks to be installed', async () => {
    const path = programs({ 'c++': 'exit 1', 'clang++': 'exit 0' });
    expect(await findCompiler({ PATH: path })).toEqual({ program: join(path, 'clang++') });
  });

  it('takes the one that CXX names', async () => {
    const path = programs({ 'c++': 'exit 0', 'g++-14': 'exit 0' });
    expect(await findCompiler({ PATH: path, CXX: 'g++-14' })).toEqual({ program: join(path, 'g++-14') });
  });
});
