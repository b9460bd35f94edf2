import { powerSaveBlocker } from 'electron';

/** Keeps the machine from going to sleep by itself while it is told that something trains; the display may turn off. */
export function createSleepBlocker(): (isTraining: boolean) => void {
  let id: number | null = null;
  return (isTraining) => {
    if (isTraining) id ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (id !== null) {
      powerSaveBlocker.stop(id);
      id = null;
    }
  };
}
