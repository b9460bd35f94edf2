import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';
import { layersPlugin } from './scripts/lint/layersPlugin.mjs';

const sources = ['**/*.ts', '**/*.mts', '**/*.vue'];
const projects = ['pure', 'node', 'preload', 'renderer', 'browserTests', 'scripts'];

export default defineConfig(
  { ignores: ['out/', '.cache/', 'coverage/', 'test-results/', 'node_modules/', '**/*.cjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: sources,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: projects.map((name) => `./tsconfig.${name}.json`),
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers in messages are what this application is about.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Unbounded access is what noUncheckedIndexedAccess watches; in a loop over numbers `!` says that the bound is the loop's.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Objects here are closures without `this`, so their members may be handed around.
      '@typescript-eslint/unbound-method': 'off',
      // `return call()` ends a function early, and an `async` without `await` keeps to an interface.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/require-await': 'off',
      // `type` and `interface` are both in use: a union needs the one, a class implements the other.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Index signatures are read with brackets, because the compiler demands it (noPropertyAccessFromIndexSignature).
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parser: vueParser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/no-v-html': 'error',
      // A prop that may be left out is undefined then, as its type says.
      'vue/require-default-prop': 'off',
      'vue/multi-word-component-names': 'off',
      // The compiler knows which names there are.
      'no-undef': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    plugins: { depthlab: layersPlugin },
    rules: { 'depthlab/layers': 'error' },
  },
  {
    files: ['**/*.test.ts', '**/*.fixture.ts', 'test/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals().map((name) => [name, 'readonly'])) },
  },
  prettier,
);

function nodeGlobals() {
  return [
    'process',
    'Buffer',
    'console',
    'performance',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'URL',
  ];
}
