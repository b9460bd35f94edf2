import type { Graph } from './ir/graph.ts';
import type { Value } from './ir/node.ts';
import { cast } from './ops/cast.ts';
import { constant } from './ops/constant.ts';
import { multiply } from './ops/multiply.ts';
import { subtract } from './ops/subtract.ts';
import type { ProgramOptions } from './program.ts';

/** (pixel - mean) / std per channel: uint8 [batch, height, width, channels] -> float32. */
export function normalisePixels(graph: Graph, pixels: Value, { imageMean, imageStd }: ProgramOptions): Value {
  return graph.within('images', () => {
    const centred = subtract(graph, cast(graph, pixels, 'float32'), constant(graph, imageMean));
    const inverse = imageStd.map((std) => 1 / std);
    return multiply(graph, centred, constant(graph, inverse));
  });
}
