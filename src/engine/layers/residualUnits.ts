import type { AdditionLayer, Layer, LayerGraph } from './layer.ts';

/** Where a layer stands on the way from x to y: before the two paths part, on the shortcut, or after the addition. */
export type PathPlace = 'before-split' | 'shortcut' | 'after-addition';

/** A layer that x passes on its way to y, other than the addition. */
export interface PathLayer {
  readonly layer: Layer;
  readonly place: PathPlace;
}

/** A residual unit as its layers have it. */
export interface ResidualUnitLayers {
  /** `stage1.unit2` */
  readonly name: string;
  /** What comes in. */
  readonly x: Layer;
  /** What leaves. */
  readonly y: Layer;
  readonly addition: AdditionLayer;
  /** F(x) as it is added. */
  readonly residual: Layer;
  /** From x to y; empty where the addition alone lies between them. */
  readonly path: readonly PathLayer[];
  /** The layers of the residual branch, and of what its first activation shares with the shortcut, in depth order. */
  readonly branch: readonly Layer[];
}

/**
 * The residual units of a network in depth order, read off its layers and not off any name of a variant: a unit is the part
 * of the network around an addition. Throws where an addition has not one way from one input to one output.
 */
export function residualUnits(network: LayerGraph): ResidualUnitLayers[] {
  const parts = Map.groupBy(network.layers, ({ name }) => partOf(name));
  return network.layers.filter((layer) => layer.kind === 'addition').map((addition) => unitAround(addition, parts));
}

function unitAround(addition: AdditionLayer, parts: ReadonlyMap<string, readonly Layer[]>): ResidualUnitLayers {
  const name = partOf(addition.name);
  const own = new Set(parts.get(name));
  const y = parts.get(name)!.at(-1)!;
  const [residual, shortcut] = addition.inputs as [Layer, Layer];
  const branch = ancestors(residual, own);
  const afterAddition = chain(y, (layer) => layer === addition).layers;
  const before = chain(shortcut, (layer) => !own.has(layer));
  const path = before.layers.map((layer): PathLayer => ({
    layer,
    place: branch.has(layer) ? 'before-split' : 'shortcut',
  }));
  return {
    name,
    x: before.end,
    y,
    addition,
    residual,
    path: [...path, ...afterAddition.map((layer): PathLayer => ({ layer, place: 'after-addition' }))],
    branch: parts.get(name)!.filter((layer) => branch.has(layer)),
  };
}

/** The layers from `start` towards the images, in depth order, up to the first that `isEnd`; each layer's first input is its image. */
function chain(start: Layer, isEnd: (layer: Layer) => boolean): { layers: Layer[]; end: Layer } {
  const layers: Layer[] = [];
  for (let layer = start; ;) {
    if (isEnd(layer)) return { layers: layers.reverse(), end: layer };
    layers.push(layer);
    const [next] = layer.inputs;
    if (next === undefined) throw new Error(`No way leads from ${start.name} to where it should`);
    layer = next;
  }
}

/** A layer and what it needs, within a part of the network. */
function ancestors(layer: Layer, part: ReadonlySet<Layer>): ReadonlySet<Layer> {
  const found = new Set<Layer>();
  const waiting = [layer];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!part.has(next) || found.has(next)) continue;
    found.add(next);
    waiting.push(...next.inputs);
  }
  return found;
}

/** `stage1.unit2.shortcut.conv` -> `stage1.unit2` */
function partOf(name: string): string {
  return name.split('.').slice(0, 2).join('.');
}

/** Whether what is added comes out of a ReLU, perhaps multiplied by a gate, by a squeeze and excitation or by a constant. */
export function endsInRelu({ residual }: ResidualUnitLayers): boolean {
  let layer: Layer | undefined = residual;
  while (layer?.kind === 'scale' || layer?.kind === 'product') layer = layer.inputs[0];
  return layer?.kind === 'relu';
}

/** Whether a ReLU of the branch takes x as it comes in. */
export function activatesBare({ x, branch }: ResidualUnitLayers): boolean {
  return branch.some(({ kind, inputs }) => kind === 'relu' && inputs[0] === x);
}
