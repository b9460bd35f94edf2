import type { Node, Value } from './ir/node.ts';
import { inOrder } from './ir/walk.ts';
import type { OpName } from './ops/attributes.ts';
import { ruleOf } from './ops/index.ts';
import * as proto from './proto.ts';

/** The version of GraphDef that the operations' attributes are written for (TensorFlow 2.9 and later read it). */
const GRAPH_PRODUCER = 987;
/** The oldest reader of GraphDef that understands the graph. */
const GRAPH_MIN_CONSUMER = 12;

const TAG = 'serve';

/**
 * The bytes of a `saved_model.pb`. It needs no `variables` folder and no init operation: the variables hold nothing until
 * a session assigns them. Each signature fetches its values and is fed the placeholders that they need.
 */
export function writeSavedModel(
  nodes: readonly Node[],
  signatures: Readonly<Record<string, readonly Value[]>>,
): Uint8Array {
  return proto.serialise((writer) => {
    proto.integer(writer, 1, 1);
    proto.message(writer, 2, (metaGraph) => {
      proto.message(metaGraph, 1, (information) => proto.text(information, 4, TAG));
      proto.message(metaGraph, 2, (graph) => {
        for (const node of nodes) proto.message(graph, 1, (inner) => proto.node(inner, lowered(node)));
        proto.message(graph, 4, (versions) => {
          proto.integer(versions, 1, GRAPH_PRODUCER);
          proto.integer(versions, 2, GRAPH_MIN_CONSUMER);
        });
      });
      for (const [name, fetches] of Object.entries(signatures)) {
        proto.entry(metaGraph, 5, name, (inner) => proto.signature(inner, signatureOf(fetches)));
      }
    });
  });
}

function lowered<Kind extends OpName>(node: Node<Kind>): proto.NodeMessage {
  const { op, attributes } = ruleOf(node.kind).lower(node);
  const inputs = [...node.inputs.map(reference), ...node.after.map(({ name }) => `^${name}`)];
  return { name: node.name, op, inputs, attributes };
}

function reference({ node, index }: Value): string {
  return index === 0 ? node.name : `${node.name}:${index}`;
}

function signatureOf(fetches: readonly Value[]): proto.SignatureMessage {
  const placeholders = inOrder(fetches.map(({ node }) => node)).filter(({ kind }) => kind === 'placeholder');
  const named = (values: readonly Value[]) =>
    Object.fromEntries(
      values.map(({ node, dtype, shape }) => [node.name, { name: `${node.name}:0`, dtype, shape }] as const),
    );
  return { inputs: named(placeholders.flatMap(({ outputs }) => outputs)), outputs: named(fetches) };
}
