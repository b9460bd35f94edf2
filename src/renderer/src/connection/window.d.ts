/** What Electron's preload script hands to the page; absent in a browser. */
interface Window {
  readonly depthlab?: { readonly platform: string };
}
