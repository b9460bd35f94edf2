import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contract } from '../../src/contract/contract.ts';
import { createClient } from '../../src/link/rpc.ts';
import { authenticate } from '../../src/link/webSocket.ts';
import type { ToServer } from '../../src/link/wire.ts';
import { run, start, temporaryFolder } from './commandLine.ts';

describe('serve', () => {
  it('prints one address whose code opens the application, trains from there, and ends cleanly', async () => {
    const folder = temporaryFolder();
    const command = start(folder, 'serve');
    await command.said(/Depthlab is at http/);
    const address = await printedAddress(command);
    const { origin, hash } = new URL(address);

    const answer = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: origin },
      body: JSON.stringify({ code: hash.replace('#code=', '') }),
    });
    const { token } = (await answer.json()) as { token: string };
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { Origin: origin } });
    const api = createClient(contract, await authenticate<unknown, ToServer>(socket, token));
    expect(await api['application.info']({})).toMatchObject({ shell: 'web', capabilities: { showInFolder: false } });
    await expect(api['application.showDatabase']({})).rejects.toMatchObject({ code: 'unavailable' });

    const created = await api['runs.create']({
      network: { version: 'v1', depth: 8 },
      recipe: { maxSteps: 4, batchSize: 16 },
    });
    const lengths: number[] = [];
    await new Promise<void>((resolve, reject) => {
      const watched = { runIds: [created.id], series: 'loss' as const, pixels: 64 };
      const dispose = api['curves.watch'](
        watched,
        ({ curves }) => {
          const length = curves[0]?.steps.length ?? 0;
          lengths.push(length);
          if (length < 4) return;
          dispose();
          resolve();
        },
        reject,
      );
    });
    expect(lengths[0]).toBe(0);
    socket.close();

    command.child.kill('SIGTERM');
    expect((await command.ended).code).toBe(0);
  });

  it('says so when its port is taken', async () => {
    const folder = temporaryFolder();
    const command = start(folder, 'serve');
    await command.said(/Depthlab is at http/);
    const { port } = new URL(await printedAddress(command));
    const second = await run(temporaryFolder(), 'serve', '--port', port);
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`Port ${port} is in use`);
  });

  it.each(['-1', '65536', '1.5', 'http'])('refuses the port %s', async (port) => {
    const { code, stderr } = await run(temporaryFolder(), 'serve', '--port', port);
    expect(code).toBe(2);
    expect(stderr).toContain('port');
  });
});

async function printedAddress(command: { said: (pattern: RegExp) => Promise<string> }): Promise<string> {
  return /http:\S+/.exec(await command.said(/http:\S+\n/))![0];
}
