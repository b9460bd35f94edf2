import type { ArgumentsOf, Contract, NamesOfKind, ParsedArgumentsOf, ResultOf } from '../contract/contract.ts';

/** Who calls: a program of the user, or a page, which may be made to say what its user does not mean. */
export type Caller = 'program' | 'page';

/** A table of methods as `contract` is one. */
export type MethodTable = Contract;

/**
 * A stream's handler yields the whole first, then what changed. It is asked for the next value only after the client
 * acknowledged the one before, so whatever changes in between is coalesced by the handler, never queued.
 * `signal` aborts when the client cancels or goes.
 */
export type StreamHandler<Arguments, Result> = (
  arguments_: Arguments,
  signal: AbortSignal,
  caller: Caller,
) => AsyncIterable<Result>;
export type CallHandler<Arguments, Result> = (arguments_: Arguments) => Result | Promise<Result>;

/** One handler for each method of the contract; a missing one does not compile. */
export type Handlers = {
  readonly [Name in NamesOfKind<'query' | 'command'>]: CallHandler<ParsedArgumentsOf<Name>, ResultOf<Name>>;
} & {
  readonly [Name in NamesOfKind<'stream'>]: StreamHandler<ParsedArgumentsOf<Name>, ResultOf<Name>>;
};

/** Ends a stream; calling it twice does no harm. */
export type Dispose = () => void;

/** The contract as functions: queries and commands return promises, streams call back until they are disposed of. */
export type Api = {
  readonly [Name in NamesOfKind<'query' | 'command'>]: (arguments_: ArgumentsOf<Name>) => Promise<ResultOf<Name>>;
} & {
  readonly [Name in NamesOfKind<'stream'>]: (
    arguments_: ArgumentsOf<Name>,
    onValue: (value: ResultOf<Name>) => void,
    onError?: (error: Error) => void,
  ) => Dispose;
};

export { createClient } from './client.ts';
export { serve } from './serve.ts';
