import type { Graph } from './ir/graph.ts';
import type { Node, Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import { add } from './ops/add.ts';
import { addMany } from './ops/addMany.ts';
import type { OpName } from './ops/attributes.ts';
import { constant } from './ops/constant.ts';
import { ruleOf } from './ops/index.ts';
import { NO_SEGMENTS, repeatSegment, type SegmentOf } from './recomputation.ts';

/**
 * Reverse-mode differentiation: the gradient of a scalar `loss` with respect to each of `variables`, as new nodes of the
 * graph. Only nodes between a variable and the loss get a gradient, so none is computed for the images. A node that
 * `segmentOf` gives a segment is computed again once the gradient has come to its segment, and only the copy is read.
 */
export function differentiate(
  graph: Graph,
  loss: Value,
  variables: readonly Value[],
  segmentOf: SegmentOf = NO_SEGMENTS,
): Value[] {
  return pullBack(graph, { of: loss, cotangent: constant(graph, 1), variables, segmentOf });
}

interface PullBack {
  readonly of: Value;
  /** In the shape of `of`; 1 for a scalar's gradient. */
  readonly cotangent: Value;
  readonly variables: readonly Value[];
  /** Values that are taken for constants: nothing is pulled back through them. */
  readonly constants?: readonly Value[];
  readonly segmentOf?: SegmentOf;
}

/** Vector-Jacobian products: `cotangent` times the Jacobian of `of` with respect to each variable, in the variable's shape. */
export function pullBack(
  graph: Graph,
  { of, cotangent, variables, constants = [], segmentOf = NO_SEGMENTS }: PullBack,
): Value[] {
  const sought = new Set(variables);
  const fixed = new Set(constants);
  const needed = new Set(inOrder([of.node]));
  // In the order in which they were added, so that the nodes of a segment stand together.
  const order = graph.nodes.filter((node) => needed.has(node));
  const onPath = new Set<Node>();
  const isWanted = (value: Value) => !fixed.has(value) && (sought.has(value) || onPath.has(value.node));
  for (const node of order) if (node.inputs.some(isWanted)) onPath.add(node);

  const terms = new Map<Value, Value[]>([[of, [cotangent]]]);
  const total = (value: Value) => {
    const gradients = terms.get(value);
    if (gradients === undefined) return undefined;
    const sum = graph.within(scopeOf(value.node), () => sumOf(graph, gradients));
    terms.set(value, [sum]);
    return sum;
  };

  const segments = Map.groupBy(order, segmentOf);
  const repeated = new Map<number, ReadonlyMap<Node, Node>>();
  /** The sought gradients since the last segment was repeated: until they are there, they hold that segment's memory. */
  let unfinished: Node[] = [];
  /** What the gradient rule of a node reads: the node, or its copy, made when the first of its segment is met. */
  function atHand(node: Node): Node {
    const segment = segmentOf(node);
    if (segment === undefined) return node;
    const known = repeated.get(segment);
    if (known !== undefined) return known.get(node) ?? node;
    const members = segments.get(segment)!;
    const arrived = members.flatMap(({ outputs }) => outputs.flatMap((output) => total(output)?.node ?? []));
    const copies = repeatSegment(graph, members, [...new Set([...arrived, ...unfinished])]);
    unfinished = [];
    repeated.set(segment, copies);
    return copies.get(node) ?? node;
  }

  for (const node of order.toReversed()) {
    if (!onPath.has(node)) continue;
    const gradients = node.outputs.map(total);
    if (gradients.every((gradient) => gradient === undefined)) continue;
    const wanted = node.inputs.map(isWanted);
    const read = atHand(node);
    const contributions = graph.within(scopeOf(node), () => gradientsOfInputs(graph, read, gradients, wanted));
    node.inputs.forEach((input, index) => {
      const contribution = contributions[index];
      if (wanted[index] === false || contribution === undefined) return;
      if (sought.has(input)) unfinished.push(contribution.node);
      const known = terms.get(input);
      if (known === undefined) terms.set(input, [contribution]);
      else known.push(contribution);
    });
  }
  return variables.map((variable) => {
    const gradient = total(variable);
    if (gradient === undefined) throw new Error(`${of.node.name} does not depend on ${variable.node.name}`);
    return gradient;
  });
}

function gradientsOfInputs<Kind extends OpName>(
  graph: Graph,
  node: Node<Kind>,
  gradients: readonly (Value | undefined)[],
  wanted: readonly boolean[],
): readonly (Value | undefined)[] {
  const { gradient } = ruleOf(node.kind);
  if (gradient === null) throw new Error(`No gradient passes through ${node.name}`);
  return gradient(graph, node, gradients, wanted);
}

function sumOf(graph: Graph, gradients: readonly Value[]): Value {
  const [first, second, third] = gradients as [Value, ...Value[]];
  if (second === undefined) return first;
  return third === undefined ? add(graph, first, second) : addMany(graph, gradients);
}

/** `gradient/` and the layer that the node belongs to. */
function scopeOf({ name }: Node): string {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? 'gradient' : `gradient/${name.slice(0, slash)}`;
}
