import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { archive, cifar10Members } from '../../src/data/import/sources.fixture.ts';
import { run, runJson, start, temporaryFolder } from './commandLine.ts';

const SMALL = ['--images', '300', '--test-images', '60', '--size', '8', '--classes', '3'];

/** Pictures of two classes that a network can tell apart. */
async function pictures(folder: string, side = 16): Promise<string> {
  for (const [name, background] of [
    ['blue', '#2040ff'],
    ['red', '#ff4020'],
  ] as const) {
    mkdirSync(join(folder, name), { recursive: true });
    for (let index = 0; index < 10; index += 1) {
      const noise = { type: 'gaussian', mean: 128, sigma: 20 + index } as const;
      const image = sharp({ create: { width: side, height: side, channels: 3, background, noise } });
      await image
        .tint(background)
        .jpeg()
        .toFile(join(folder, name, `${index}.jpg`));
    }
  }
  return folder;
}

describe('synthetic images', () => {
  it('are made, listed, trained on and removed', async () => {
    const folder = temporaryFolder();
    const made = await runJson(folder, 'data', 'synthetic', ...SMALL, '--name', 'patterns');
    expect(made.code, made.stderr).toBe(0);
    expect(made.json).toMatchObject({ name: 'patterns', kind: 'synthetic', trainImages: 300, testImages: 60 });
    const { json: listed } = await runJson(folder, 'data', 'list');
    expect((listed['dataSets'] as { name: string }[]).map(({ name }) => name)).toEqual(['digits', 'patterns']);
    const trained = await runJson(folder, 'train', '--arch', 'resnet_v2_8', '--data', 'patterns', '--max-steps', '3');
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.json).toMatchObject({ status: 'finished', steps: 3 });
    const again = await run(folder, 'data', 'synthetic', ...SMALL, '--name', 'patterns');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('There is a data set "patterns" already');
    expect((await run(folder, 'data', 'remove', 'patterns')).code).toBe(0);
    expect(readdirSync(join(folder, 'depthlab-data'))).toEqual([]);
    const gone = await run(folder, 'train', '--arch', 'resnet_v2_8', '--data', 'patterns');
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('There is no data set "patterns"');
  });

  it('that are cancelled on the way leave nothing', async () => {
    const folder = temporaryFolder();
    const making = start(folder, 'data', 'synthetic', '--images', '2000000');
    await making.said(/\d of 2,002,000/);
    making.child.kill('SIGINT');
    const { code, stderr } = await making.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Cancelled; no data set was added');
    expect((await runJson(folder, 'data', 'list')).json['dataSets']).toHaveLength(1);
    await run(folder, 'data', 'synthetic', ...SMALL);
    expect(readdirSync(join(folder, 'depthlab-data'))).toEqual(['synthetic']);
  });
});

describe('a folder of pictures', () => {
  it('is made a data set by --data itself, once', async () => {
    const folder = temporaryFolder();
    const path = await pictures(join(folder, 'colours'));
    for (const _ of [1, 2]) {
      const trained = await runJson(folder, 'train', '--arch', 'resnet_v2_8', '--data', path, '--max-steps', '2');
      expect(trained.code, trained.stderr).toBe(0);
    }
    const { json } = await runJson(folder, 'data', 'show', 'colours');
    expect(json).toMatchObject({
      kind: 'folder',
      source: path,
      classNames: ['blue', 'red'],
      trainImages: 18,
      testImages: 2,
    });
  });

  it('of any size is cropped on the way', async () => {
    const folder = temporaryFolder();
    const path = await pictures(join(folder, 'large'), 120);
    const added = await runJson(folder, 'data', 'add', path, '--size', '32', '--test-share', '0.2');
    expect(added.code, added.stderr).toBe(0);
    expect(added.json).toMatchObject({
      storage: 'pictures',
      input: { height: 32, width: 32, channels: 3, classes: 2 },
    });
    const trained = await runJson(
      folder,
      'train',
      '--arch',
      'resnet_v2_8',
      '--data',
      'large',
      '--epochs',
      '1',
      '--augment',
    );
    expect(trained.code, trained.stderr).toBe(0);
    expect(trained.json['testAccuracy']).not.toBeNull();
    const evaluated = await runJson(folder, 'evaluate', '--run', '1');
    expect(evaluated.code, evaluated.stderr).toBe(0);
    expect(evaluated.json).toMatchObject({ images: 4, data: 'large', input: { height: 32, width: 32 } });
    const larger = await runJson(folder, 'evaluate', '--run', '1', '--image-size', '48');
    expect(larger.code, larger.stderr).toBe(0);
    expect(larger.json).toMatchObject({ images: 4, input: { height: 48, width: 48 } });
    expect(larger.json['loss']).not.toBe(evaluated.json['loss']);
    const fixed = await run(folder, 'evaluate', '--arch', 'resnet_v2_8', '--data', 'digits', '--image-size', '48');
    expect(fixed.code).toBe(2);
    expect(fixed.stderr).toContain('The images of "digits" are 8x8 pixels and are not resized');
  });
});

describe('an address', () => {
  it('is downloaded and added, and a broken download is gone on with', async () => {
    const folder = temporaryFolder();
    const content = await archive(cifar10Members());
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': content.length - from });
      if (requests > 1) response.end(content.subarray(from));
      else {
        response.write(content.subarray(0, 100));
        setTimeout(() => response.destroy(), 200);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const added = await runJson(folder, 'data', 'add', `http://127.0.0.1:${port}/cifar-10-binary.tar.gz`);
    expect(added.code, added.stderr).toBe(0);
    expect(requests).toBe(2);
    expect(added.json).toMatchObject({ kind: 'cifar', name: 'cifar10', trainImages: 100 });
    expect(readdirSync(join(folder, 'depthlab-data', '.downloads'))).toEqual([]);
  });
});

describe('what is no data set', () => {
  it.each([
    ['a missing file', 'none.tar.gz', null],
    ['a text', 'notes.txt', 'nothing to see'],
    ['a cut archive', 'cifar-10-binary.tar.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0])],
  ])('%s is refused with its name', async (_what, name, content) => {
    const folder = temporaryFolder();
    const file = join(folder, name);
    if (content !== null) writeFileSync(file, content);
    const { code, stderr } = await run(folder, 'data', 'add', file);
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect((await runJson(folder, 'data', 'list')).json['dataSets']).toHaveLength(1);
  });

  it('a published set that is not there says how to get it', async () => {
    const { code, stderr } = await run(temporaryFolder(), 'train', '--arch', 'resnet_v2_1001', '--data', 'cifar10');
    expect(code).toBe(2);
    expect(stderr).toContain('Fetch it: depthlab data get cifar10');
    const imagenet = await run(temporaryFolder(), 'train', '--arch', 'resnet_v2_50', '--data', 'imagenet');
    expect(imagenet.stderr).toContain('Add your copy: depthlab data add FOLDER --name imagenet');
  });
});
