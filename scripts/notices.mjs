import { readFileSync, writeFileSync } from 'node:fs';
import { noticesPage } from './notices/page.mjs';
import { shippedPackages } from './notices/packages.mjs';
import { inRoot } from './setup/paths.mjs';
import { stopOnFailure } from './setup/stop.mjs';

const file = inRoot('THIRD-PARTY-NOTICES.md');

await stopOnFailure(async () => {
  const page = noticesPage(shippedPackages());
  if (!process.argv.includes('--check')) return writeFileSync(file, page);
  if (readFileSync(file, 'utf8') === page) process.stdout.write('The third-party notices are current.\n');
  else {
    process.stderr.write('THIRD-PARTY-NOTICES.md is not what the packages say. Run "npm run notices" and commit it.\n');
    process.exitCode = 1;
  }
});
