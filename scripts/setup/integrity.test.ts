import {
  appendFileSync,
  cpSync,
  mkdirSync,
  openSync,
  writeSync,
  closeSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { imageRsPins } from './imageRsPins.mjs';
import {
  IntegrityError,
  checkImageRs,
  checkSharp,
  checkSqlite,
  checkTensorflow,
  nativeTarget,
  stampFile,
} from './integrity.mjs';
import { inModules } from './paths.mjs';
import { scratch } from './scratch.fixture.ts';
import { sharpPins } from './sharpPins.mjs';

/** A package as set-up leaves it, with text files in place of libraries. */
function installed(source: 'wheel' | 'vendor' = 'vendor') {
  const folder = scratch();
  const runtime = join(folder, 'runtime');
  const packageFolder = join(folder, 'package');
  const paths = ['lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'napi-v8/tfjs_binding.node'];
  for (const path of paths) {
    mkdirSync(dirname(join(runtime, path)), { recursive: true });
    writeFileSync(join(runtime, path), `content of ${path}`);
  }
  const files = paths.map((path) => stampFile(runtime, path));
  const stamp = { source, variant: 'cpu', platform: 'linux-x64', version: '2.21.0', recipe: 'r', files };
  writeFileSync(join(runtime, 'stamp.json'), JSON.stringify(stamp));
  mkdirSync(join(packageFolder, 'lib'), { recursive: true });
  symlinkSync('../runtime', join(packageFolder, 'deps'));
  symlinkSync('../../runtime/napi-v8', join(packageFolder, 'lib', 'napi-v8'));
  return { runtime, packageFolder, library: join(runtime, paths[0]!) };
}

describe('TensorFlow before it is loaded', () => {
  it('passes as set-up left it', () => {
    expect(checkTensorflow(installed().packageFolder)).toMatchObject({ variant: 'cpu', version: '2.21.0' });
  });

  it('passes when a file was only touched', () => {
    const { packageFolder, library } = installed();
    utimesSync(library, new Date(0), new Date(0));
    expect(() => checkTensorflow(packageFolder)).not.toThrow();
  });

  it('is refused with one byte changed, even with its old times', () => {
    const { packageFolder, library, runtime } = installed();
    const { seen } = stampFile(runtime, 'lib/libtensorflow_cc.so.2');
    const handle = openSync(library, 'r+');
    writeSync(handle, 'C', 0);
    closeSync(handle);
    utimesSync(library, new Date(seen.mtimeMs), new Date(seen.mtimeMs));
    expect(() => checkTensorflow(packageFolder)).toThrow(/was changed since set-up.*npm run setup -- --repair/);
  });

  it('is refused when a file grew or is gone', () => {
    const { packageFolder, library } = installed();
    appendFileSync(library, 'x');
    expect(() => checkTensorflow(packageFolder)).toThrow('was changed since set-up');
    rmSync(library);
    expect(() => checkTensorflow(packageFolder)).toThrow('is missing');
  });

  it('is refused with another binding than the one that was built', () => {
    const { packageFolder } = installed();
    rmSync(join(packageFolder, 'lib', 'napi-v8'));
    mkdirSync(join(packageFolder, 'lib', 'napi-v8'));
    writeFileSync(join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node'), 'another');
    expect(() => checkTensorflow(packageFolder)).toThrow('not the one that set-up built');
  });

  it('is refused when its stamp says other libraries than the pinned ones', () => {
    expect(() => checkTensorflow(installed('wheel').packageFolder)).toThrow('not the library that Depthlab pins');
  });

  it('is refused where there is none', () => {
    expect(() => checkTensorflow(scratch())).toThrow(IntegrityError);
  });
});

describe('SQLite before it is loaded', () => {
  it('passes as the package carries it', () => {
    expect(checkSqlite(inModules('better-sqlite3'))).toContain(nativeTarget());
  });

  it('is refused with one byte changed', () => {
    const folder = scratch();
    const file = join(folder, 'prebuilds', `${nativeTarget()}.node`);
    cpSync(inModules('better-sqlite3', 'prebuilds', `${nativeTarget()}.node`), file);
    const handle = openSync(file, 'r+');
    writeSync(handle, '!', 100_000);
    closeSync(handle);
    expect(() => checkSqlite(folder)).toThrow('not the SQLite binary that Depthlab pins');
  });

  it('is refused on a machine that it was not made for', () => {
    expect(() => checkSqlite(inModules('better-sqlite3'), 'sunos-sparc')).toThrow('no binary for sunos-sparc');
  });
});

describe('sharp before it is loaded', () => {
  const own = Object.keys(sharpPins[nativeTarget()] ?? {});

  /** Its native code as npm installs it. */
  function copied() {
    const folder = scratch();
    for (const path of own) cpSync(inModules('@img', path), join(folder, '@img', path));
    return { packageFolder: join(folder, 'sharp'), fileOf: (path: string) => join(folder, '@img', path) };
  }

  it('passes as its packages carry it', () => {
    expect(() => checkSharp(inModules('sharp'))).not.toThrow();
    expect(() => checkSharp(copied().packageFolder)).not.toThrow();
  });

  it.each(own)('is refused with one byte changed or without %s', (path) => {
    const { packageFolder, fileOf } = copied();
    const handle = openSync(fileOf(path), 'r+');
    writeSync(handle, '!', 100_000);
    closeSync(handle);
    expect(() => checkSharp(packageFolder)).toThrow('not the sharp binary that Depthlab pins');
    rmSync(fileOf(path));
    expect(() => checkSharp(packageFolder)).toThrow('is missing');
  });

  it('is refused where it was compiled on the machine, since sharp would load that', () => {
    const { packageFolder } = copied();
    mkdirSync(join(packageFolder, 'src', 'build', 'Release'), { recursive: true });
    expect(() => checkSharp(packageFolder)).toThrow('is no part of the sharp');
  });

  it('is refused on a machine that it was not made for', () => {
    expect(() => checkSharp(inModules('sharp'), 'sunos-sparc')).toThrow('no binary for sunos-sparc');
  });
});

describe('image-rs before it is loaded', () => {
  const packageFolder = inModules('@julusian', 'image-rs');

  it.each(Object.entries(imageRsPins))('passes as its package carries it for %s', (target, { file }) => {
    expect(checkImageRs(packageFolder, target)).toBe(join(packageFolder, 'prebuilds', file));
  });

  it('is refused with one byte changed', () => {
    const folder = scratch();
    const { file } = imageRsPins[nativeTarget()]!;
    const changed = join(folder, 'prebuilds', file);
    cpSync(join(packageFolder, 'prebuilds', file), changed);
    const handle = openSync(changed, 'r+');
    writeSync(handle, '!', 100_000);
    closeSync(handle);
    expect(() => checkImageRs(folder)).toThrow('not the image-rs binary that Depthlab pins');
  });

  it('is refused on a machine that it was not made for', () => {
    expect(() => checkImageRs(packageFolder, 'sunos-sparc')).toThrow('no binary for sunos-sparc');
  });
});
