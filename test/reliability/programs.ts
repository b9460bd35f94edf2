import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What to say where a program is not on this machine; null where it is. */
export function missingProgram(name: string, debianPackage = name): string | null {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found ? null : `${name} is not installed (Debian: apt-get install ${debianPackage})`;
}
