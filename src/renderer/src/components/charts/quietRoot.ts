/**
 * Lets zrender empty its root element under Trusted Types. Its painters do so by `root.innerHTML = ''` when they start
 * and end (zrender 6.1, canvas/Painter.js and svg/Painter.js), which the page's policy `require-trusted-types-for`
 * refuses for any string, the empty one too. The element gets an `innerHTML` of its own that can clear and nothing else.
 */
export function quietRoot(root: HTMLElement): HTMLElement {
  Object.defineProperty(root, 'innerHTML', {
    configurable: true,
    get: () => '',
    set: (markup: string) => {
      if (markup !== '') throw new TypeError('A chart never writes markup');
      root.replaceChildren();
    },
  });
  return root;
}
