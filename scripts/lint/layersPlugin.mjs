import { forbiddenImport } from '../layers.mjs';

/** The table of layers as an eslint rule. */
export const layersPlugin = {
  rules: {
    layers: {
      meta: { type: /** @type {const} */ ('problem'), schema: [] },
      /** @param {any} context */
      create(context) {
        const check = (/** @type {any} */ node) => {
          const specifier = node.source?.value ?? node.argument?.literal?.value;
          if (typeof specifier !== 'string') return;
          const message = forbiddenImport(context.filename, specifier);
          if (message !== undefined) context.report({ node, message });
        };
        return {
          ImportDeclaration: check,
          ExportNamedDeclaration: check,
          ExportAllDeclaration: check,
          ImportExpression: check,
          TSImportType: check,
        };
      },
    },
  },
};
