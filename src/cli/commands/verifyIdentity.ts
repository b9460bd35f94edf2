import type { Command } from 'commander';
import { formatMeasurement } from '../../analysis/format.ts';
import { identitySentence } from '../../analysis/identitySummary.ts';
import type { IdentityBlock, IdentityReport } from '../../contract/identity.ts';
import { tasks } from '../../contract/task.ts';
import { parseOrThrow } from '../../link/validate.ts';
import { dataReference } from '../dataReference.ts';
import { table } from '../format.ts';
import { EXIT, print, printJson } from '../output.ts';
import { addCommonOptions } from '../session.ts';
import { addSubjectOptions, subjectFrom, type SubjectOptions } from '../subjectOption.ts';
import { number } from '../values.ts';
import { watchedTask } from '../watchedTask.ts';

interface VerifyIdentityOptions extends SubjectOptions {
  readonly data?: string;
  readonly images: number;
  readonly probes: number;
  readonly imageSeed: number;
}

const { images, probes, seed } = tasks.verifyIdentity.request.entries;

const HELP = `
Examples:
  depthlab verify-identity --arch resnet_v2_164
  depthlab verify-identity --arch resnet_v1_20 --shortcut constant-scaling
  depthlab verify-identity --config examples/mixed.yaml --json
  depthlab verify-identity --run 12 --checkpoint best

A block passes where y - F(x) is x to within the rounding of float32, nothing but the addition lies between x and y, and its
residual branch is that of full pre-activation. Projections, where x and y differ in shape, count neither way. All of it is
measured on images: training images of --data or of the run, else normal numbers. Batch norms use the statistics of these
images, as in training; no branch is dropped. |F| and |x| are means; cosine is that of F and x. "J path" and "J block" are
||J - I|| / ||I|| of dy/dx, along the path with F held fast and of the whole block, from random probes, with standard errors.
The exit code is 1 where a block fails.`;

export function addVerifyIdentityCommand(program: Command): void {
  const command = program
    .command('verify-identity')
    .description("whether the identity path of each block is clean, and how large the block's residual is beside it")
    .option('--data <name>', "data set whose training images are taken (default: the run's, else normal numbers)")
    .option('--images <n>', 'number of images', number, images.default)
    .option('--probes <n>', 'random vectors for each Jacobian', number, probes.default)
    .option('--image-seed <n>', 'seed of the images, the probes and the masks of dropout', number, seed.default)
    .addHelpText('after', HELP)
    .action((options: VerifyIdentityOptions) => verifyIdentity(options, command));
  addCommonOptions(addSubjectOptions(command));
}

async function verifyIdentity(options: VerifyIdentityOptions, command: Command): Promise<void> {
  const subject = await subjectFrom(options, command);
  const own = subject.kind === 'run' ? subject.data : undefined;
  const data = options.data === undefined ? (own ?? null) : await dataReference(options.data, options);
  const { images: count, probes: vectors, imageSeed } = options;
  const request = parseOrThrow(
    tasks.verifyIdentity.request,
    { subject, data, images: count, probes: vectors, seed: imageSeed },
    { code: 'bad-input', subject: 'verify-identity' },
  );
  const report = await watchedTask('verifyIdentity', request);
  if (options.json) printJson(report);
  else print(asText(report));
  if (report.verdict === 'fail') process.exitCode = EXIT.failed;
}

function asText(report: IdentityReport): string {
  const { network, step, images: taken, probes: vectors, blocks } = report;
  const at = step === null ? '' : ` at step ${step}`;
  const source = taken.data === null ? 'images of normal numbers' : `training images of ${taken.data}`;
  return [
    `${network}${at}, ${taken.count} ${source}, ${vectors} probes`,
    `${identitySentence(report)}.`,
    '',
    table(
      ['block', 'verdict', 'clean', '|F|', '|x|', '|F|/|x|', 'cosine', 'J path', 'J block', 'reason'],
      blocks.map(row),
    ),
  ].join('\n');
}

function row(block: IdentityBlock): string[] {
  const { name, verdict, clean, residualMagnitude, identityMagnitude, cosine, reason } = block;
  return [
    name,
    verdict,
    clean ? 'yes' : 'no',
    text(residualMagnitude),
    text(identityMagnitude),
    text(residualMagnitude / identityMagnitude),
    text(cosine),
    jacobian(block.skipJacobian),
    jacobian(block.unitJacobian),
    verdict === 'pass' ? '' : reason,
  ];
}

function jacobian(deviation: IdentityBlock['skipJacobian']): string {
  if (deviation === null) return '-';
  const { estimate, standardError } = deviation;
  return estimate === 0 || standardError === null ? text(estimate) : `${text(estimate)}±${text(standardError, 1)}`;
}

function text(value: number | null, digits = 3): string {
  return value === null ? '-' : formatMeasurement(value, digits).replace('−', '-');
}
