import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const source = (path: string) => resolve(import.meta.dirname, 'src', path);

/** Bundles that must run without Electron and without a window. */
const WINDOWLESS = ['host', 'trainer', 'task', 'dataWorker', 'parquetThread', 'saveThread', 'cli'];

/** Fails the build when Electron or the window's code reaches a bundle that runs without them. */
function buildGuard(): Plugin {
  return {
    name: 'depthlab:build-guard',
    generateBundle(_options, bundle) {
      const reached = (fileName: string, seen = new Set<string>()): Set<string> => {
        if (seen.has(fileName)) return seen;
        seen.add(fileName);
        const chunk = bundle[fileName];
        if (chunk?.type === 'chunk') [...chunk.imports, ...chunk.dynamicImports].forEach((next) => reached(next, seen));
        return seen;
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry || !WINDOWLESS.includes(chunk.name)) continue;
        for (const fileName of reached(chunk.fileName)) {
          const part = bundle[fileName];
          const modules = part?.type === 'chunk' ? Object.keys(part.modules) : [];
          const foreign = [fileName, ...modules].find(
            (name) => name === 'electron' || name.startsWith(source('renderer/')) || name.startsWith(source('main/')),
          );
          if (foreign) this.error(`The ${chunk.name} bundle must run without a window, but it reaches ${foreign}`);
        }
      }
    },
  };
}

/** Asset addresses from the root: the page keeps working when it is reloaded at a nested address. */
function absoluteAssets(): Plugin {
  return {
    name: 'depthlab:absolute-assets',
    enforce: 'post',
    config: (config) => {
      config.base = '/';
    },
  };
}

export default defineConfig({
  main: {
    build: {
      target: 'node20',
      // Small pure-JavaScript packages are bundled: the command line starts faster.
      externalizeDeps: { exclude: ['valibot', 'commander'] },
      rolldownOptions: {
        input: {
          main: source('main/main.ts'),
          host: source('host/electronHost.ts'),
          trainer: source('trainer/main.ts'),
          task: source('trainer/task/main.ts'),
          dataWorker: source('data/pipeline/worker.ts'),
          parquetThread: source('data/import/parquetThread.ts'),
          saveThread: source('trainer/checkpoint/saveThread.ts'),
          cli: source('cli/index.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    plugins: [buildGuard()],
  },
  preload: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: source('preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    build: {
      target: 'chrome130',
      minify: true,
      // A data: address would need a looser font-src; the window's policy allows its own files only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: source('renderer/index.html') },
    },
    plugins: [vue(), tailwindcss(), absoluteAssets()],
  },
});
