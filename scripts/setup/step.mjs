/**
 * One step of the set-up. `check` is quick and proves what is there by its content; `install` is called only when it says
 * no, may be interrupted at any point, and leaves either a whole result or none.
 *
 * @typedef {object} Step
 * @property {string} name as the progress lines print it
 * @property {() => Promise<boolean>} check
 * @property {(say: (what: string) => void) => Promise<void>} install
 */
export {};
