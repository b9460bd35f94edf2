import { createInterface } from 'node:readline';

/** The other side of `startPeer`: times `step` as often as it is asked to. */
export async function answerSteps(step: () => void): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const ms = Array.from({ length: Number(line) }, () => {
      const start = performance.now();
      step();
      return performance.now() - start;
    });
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    const nowBytes = process.memoryUsage.rss();
    process.stdout.write(`${JSON.stringify({ ms, peakBytes, nowBytes })}\n`);
  }
}
