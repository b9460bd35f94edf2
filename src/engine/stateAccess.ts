import type { Value } from './ir/node.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { constant } from './ops/constant.ts';
import { identity } from './ops/identity.ts';
import { placeholder } from './ops/placeholder.ts';
import { readVariable } from './ops/readVariable.ts';
import type { Plan } from './plan.ts';
import { FEEDS, FETCHES } from './program.ts';

/** The three vectors of a checkpoint. */
const STATE = ['parameters', 'momentum', 'statistics'] as const;

const sizeOf = ({ layouts }: Plan, name: (typeof STATE)[number]) =>
  (name === 'statistics' ? layouts.statistics : layouts.parameters).size;

/** Fetching these reads the state. */
export function addRead(plan: Plan): Value[] {
  const { graph, variables } = plan;
  return STATE.map((name) =>
    identity(
      graph,
      FETCHES[name],
      graph.within('read', () => readVariable(graph, variables[name], sizeOf(plan, name))),
    ),
  );
}

/** Fetching this replaces the whole state by what is fed. */
export function addAssign(plan: Plan): Value {
  const { graph, variables } = plan;
  const assigned = STATE.map((name) =>
    graph.within('assign', () =>
      assignVariable(graph, variables[name], placeholder(graph, FEEDS[name], 'float32', [sizeOf(plan, name)])),
    ),
  );
  return identity(graph, FETCHES.assign, constant(graph, 0), assigned);
}
