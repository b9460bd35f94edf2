/** For tools that do not read single-file components; the type check itself (vue-tsc) does. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent<Record<string, unknown>, unknown, unknown>;
  export default component;
}
