import { inject, type InjectionKey } from 'vue';
import type { Api } from '../../link/rpc.ts';

export const apiKey: InjectionKey<Api> = Symbol('api');

/** The host, as functions. For components and stores. */
export function useApi(): Api {
  const api = inject(apiKey);
  if (!api) throw new Error('The page is mounted without an api');
  return api;
}
