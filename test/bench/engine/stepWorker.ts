import { createInterface } from 'node:readline';

/** The other side of `startPeer`: times `step` as often as it is asked to. */
export async function answerSteps(step: () => unknown): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const ms: number[] = [];
    for (let made = 0; made < Number(line); made += 1) {
      const start = performance.now();
      await step();
      ms.push(performance.now() - start);
    }
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    const nowBytes = process.memoryUsage.rss();
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    process.stdout.write(`${JSON.stringify({ ms, peakBytes, nowBytes, cpuMs })}\n`);
  }
}
