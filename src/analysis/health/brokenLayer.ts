/** What the trainer says of the forward pass when a step diverges (`trainer/divergence.ts`). */
const FORWARD = /in forward order, (\S+) is the first layer/;

/** Position of the first parameter tensor of the layer that a reason names; null where it names none with parameters. */
export function brokenLayer(reason: string, layers: readonly string[]): number | null {
  const name = FORWARD.exec(reason)?.[1];
  const position = name === undefined ? -1 : layers.findIndex((layer) => layer.startsWith(`${name}.`));
  return position < 0 ? null : position;
}
