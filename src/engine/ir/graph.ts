import type { OpAttributes, OpName } from '../ops/attributes.ts';
import { ruleOf } from '../ops/index.ts';
import type { Node, Value } from './node.ts';

interface NodeOptions {
  /** The node's whole name, instead of one made from the scope and the kind. */
  readonly name?: string;
  /** Control inputs. */
  readonly after?: readonly Node[];
}

/** A graph under construction: nodes are appended and never changed. */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Appends a node; its rule gives the output types and refuses inputs that do not fit. */
  add<Kind extends OpName>(
    kind: Kind,
    inputs: readonly Value[],
    attributes: OpAttributes[Kind],
    options?: NodeOptions,
  ): Node<Kind>;
  /** Prefixes the names of the nodes that `body` adds. */
  within<Result>(scope: string, body: () => Result): Result;
  /** What `make` gave when this key was first asked for: constants and shapes need one node each. */
  shared(key: string, make: () => Value): Value;
}

export function createGraph(): Graph {
  const nodes: Node[] = [];
  const takenNames = new Map<string, number>();
  const sharedValues = new Map<string, Value>();
  let scope = '';

  function uniqueName(wanted: string): string {
    const taken = takenNames.get(wanted) ?? 0;
    takenNames.set(wanted, taken + 1);
    return taken === 0 ? wanted : `${wanted}_${taken}`;
  }

  return {
    nodes,

    add(kind, inputs, attributes, { name, after = [] } = {}) {
      if (name !== undefined && takenNames.has(name)) throw new Error(`Two nodes would be called ${name}`);
      const outputs: Value[] = [];
      const node: Node<typeof kind> = Object.freeze({
        kind,
        name: uniqueName(name ?? (scope === '' ? kind : `${scope}/${kind}`)),
        inputs,
        after,
        attributes,
        outputs,
      });
      ruleOf(kind)
        .shape(inputs, attributes)
        .forEach(({ dtype, shape }, index) => outputs.push(Object.freeze({ node, index, dtype, shape })));
      Object.freeze(outputs);
      nodes.push(node);
      return node;
    },

    within(inner, body) {
      const outer = scope;
      scope = inner;
      try {
        return body();
      } finally {
        scope = outer;
      }
    },

    shared(key, make) {
      const known = sharedValues.get(key);
      if (known !== undefined) return known;
      const made = make();
      sharedValues.set(key, made);
      return made;
    },
  };
}
