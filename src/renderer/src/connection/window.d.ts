/** A file or folder that the user chose or dropped: a handle that the host knows it by, and the name to show. */
interface PickedFile {
  readonly handle: string;
  readonly name: string;
}

/** What Electron's preload script hands to the page; absent in a browser. */
interface Window {
  readonly depthlab?: {
    readonly platform: string;
    /** Opens a native dialog; null where it was cancelled. */
    pick(kind: 'file' | 'folder'): Promise<PickedFile | null>;
    takeDropped(file: File): Promise<PickedFile | null>;
    wantNotifications(wanted: boolean): void;
    /** Called with an address of the application when a notification about it was clicked. */
    onShow(listener: (address: string) => void): void;
  };
}
