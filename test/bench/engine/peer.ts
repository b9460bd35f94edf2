import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A training loop in a process of its own, which steps when it is told to. */
export interface Peer {
  readonly name: string;
  /** Makes some steps; the milliseconds of each. */
  step(count: number): Promise<number[]>;
  /** The most memory that the process has held so far, bytes. */
  peakBytes(): number;
  /** The memory that it holds after its last step, bytes. */
  nowBytes(): number;
  /** The time that all its threads have computed so far, ms; 0 where it does not say so. */
  cpuMs(): number;
  stop(): Promise<void>;
}

interface Answer {
  readonly ms: readonly number[];
  readonly peakBytes: number;
  readonly nowBytes: number;
  readonly cpuMs?: number;
}

/**
 * Starts a peer. It reads numbers of steps from its standard input, a line each, and answers with one line of JSON; it
 * ends when its input does. Rejects with what it wrote to its standard error where it dies.
 */
export async function startPeer(name: string, command: string, args: readonly string[]): Promise<Peer> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close');
  let [peak, now, cpu] = [0, 0, 0];

  async function ask(count: number): Promise<number[]> {
    child.stdin.write(`${count}\n`);
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} ended: ${errors.trim().split('\n').at(-1) ?? ''}`);
    const { ms, peakBytes, nowBytes, cpuMs = 0 } = JSON.parse(line.value) as Answer;
    peak = peakBytes;
    now = nowBytes;
    cpu = cpuMs;
    return [...ms];
  }

  await ask(0);
  return {
    name,
    step: ask,
    peakBytes: () => peak,
    nowBytes: () => now,
    cpuMs: () => cpu,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/**
 * Lets the peers step in turns, so that each meets the machine in every state; milliseconds of a step by name, the median
 * where steps are alike.
 */
export async function inTurns(
  peers: readonly Peer[],
  rounds: number,
  stepsPerRound: number,
  summarise: (values: readonly number[]) => number = median,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  for (const peer of peers) await peer.step(2);
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of peers) times.get(peer.name)!.push(...(await peer.step(stepsPerRound)));
  }
  return new Map([...times].map(([name, values]) => [name, summarise(values)]));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)]!;
}
