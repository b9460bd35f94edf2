import * as v from 'valibot';

/** Which shell the host runs in, and what that shell can do; the window shows no button for what is missing. */
export const ApplicationInfo = v.strictObject({
  version: v.string(),
  shell: v.picklist(['electron', 'web', 'cli']),
  capabilities: v.strictObject({
    /** Native save dialogs; without them an export is a browser download. */
    saveDialog: v.boolean(),
    /** Show the database in the file manager. */
    showInFolder: v.boolean(),
    /** Native dialogs to choose data with, and dropping it on the window. */
    pickFiles: v.boolean(),
  }),
  databaseFile: v.string(),
  /** Why the database is open for reading only, in sentences; null where it may be changed. */
  readOnly: v.nullable(v.string()),
  /** What trainers compute on, `GPU: name` or `CPU: name`. */
  device: v.string(),
  cores: v.number(),
  memoryBytes: v.number(),
  versions: v.array(v.strictObject({ name: v.string(), value: v.string() })),
});
export type ApplicationInfo = v.InferOutput<typeof ApplicationInfo>;

/** What the status bar shows; pushed when it changes. */
export const ApplicationStatus = v.strictObject({
  running: v.number(),
  queued: v.number(),
  /** Resident memory of the trainer processes, bytes; null while none runs. */
  trainerMemoryBytes: v.nullable(v.number()),
  databaseBytes: v.number(),
  /** What the checkpoints of all its runs take. */
  checkpointBytes: v.number(),
  /** A sentence while something needs attention (disk full, store locked); else empty. */
  notice: v.string(),
});
export type ApplicationStatus = v.InferOutput<typeof ApplicationStatus>;
