import type { Value } from './ir/node.ts';
import { assignVariable } from './ops/assignVariable.ts';
import { constant } from './ops/constant.ts';
import { identity } from './ops/identity.ts';
import { placeholder } from './ops/placeholder.ts';
import { readVariable } from './ops/readVariable.ts';
import type { Plan } from './plan.ts';
import { FETCHES, newVector } from './program.ts';

/** Fetching these, one for each vector of the state, reads it. */
export function addRead({ graph, state, variable }: Plan): Value[] {
  return state.map(({ name, size }) =>
    identity(
      graph,
      name,
      graph.within('read', () => readVariable(graph, variable(name), size)),
    ),
  );
}

/** Fetching this replaces the whole state by what is fed. */
export function addAssign({ graph, state, variable }: Plan): Value {
  const assigned = state.map(({ name, size }) =>
    graph.within('assign', () =>
      assignVariable(graph, variable(name), placeholder(graph, newVector(name), 'float32', [size])),
    ),
  );
  return identity(graph, FETCHES.assign, constant(graph, 0), assigned);
}
