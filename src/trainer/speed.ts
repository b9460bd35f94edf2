/** How fast the steps were. The first one, in which TensorFlow prepares the graph, is told apart. */
export interface Speed {
  /** @param stepMs the step's own duration @param lapMs from the end of the step before to the end of this one */
  add(stepMs: number, lapMs: number, images: number): void;
  summary(): { firstStepMs: number | null; stepMs: number | null; imagesPerSecond: number | null };
}

export function createSpeed(): Speed {
  const laterSteps: number[] = [];
  let firstStepMs: number | null = null;
  let totalMs = 0;
  let totalImages = 0;
  return {
    add(stepMs, lapMs, images) {
      if (firstStepMs === null) {
        firstStepMs = stepMs;
        return;
      }
      laterSteps.push(stepMs);
      totalMs += lapMs;
      totalImages += images;
    },
    summary: () => ({
      firstStepMs,
      stepMs: median(laterSteps),
      imagesPerSecond: totalMs === 0 ? null : (1000 * totalImages) / totalMs,
    }),
  };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
