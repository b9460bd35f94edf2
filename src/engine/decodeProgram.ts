import { createGraph } from './ir/graph.ts';
import { inOrder } from './ir/walk.ts';
import { cast } from './ops/cast.ts';
import { decodeImage } from './ops/decodeImage.ts';
import { identity } from './ops/identity.ts';
import { placeholder } from './ops/placeholder.ts';
import { ownShape } from './ops/shapeOf.ts';
import { writeSavedModel } from './savedModel.ts';

/** What a session feeds: the bytes of a file, a string. */
export const DECODE_FEED = 'file';
/** What a session fetches: int32 from 0 to 255, [height, width, channels], and these sizes as int32. */
export const DECODE_FETCHES = { pixels: 'pixels', sizes: 'sizes' } as const;

/** TensorFlow's own decoders of PNG and JPEG as a graph; `channels` is 1 or 3. */
export function compileDecoder(channels: number): Uint8Array {
  const graph = createGraph();
  const pixels = decodeImage(graph, placeholder(graph, DECODE_FEED, 'string', []), channels);
  const fetches = [
    // The session gives back no uint8.
    identity(graph, DECODE_FETCHES.pixels, cast(graph, pixels, 'int32')),
    identity(graph, DECODE_FETCHES.sizes, ownShape(graph, pixels)),
  ];
  return writeSavedModel(inOrder(fetches.map(({ node }) => node)), { decode: fetches });
}
