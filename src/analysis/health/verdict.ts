import type { HealthCheck, HealthFinding, RunHealth } from '../../contract/health.ts';

/** Fewer steps than this are no verdict: the rules over depth, over time and of dead layers need as many. */
export const HEALTH_STEPS = 20;

/** What is said of a run as a whole: its worst fault of now, or what was looked at and found well. */
export function verdictOf(
  lastStep: number,
  findings: readonly HealthFinding[],
  checks: readonly HealthCheck[],
): Pick<RunHealth, 'verdict' | 'sentence'> {
  const faults = findings.filter(({ fault }) => fault !== null);
  const worst = faults.find(({ holds }) => holds);
  if (worst?.fault != null) return { verdict: worst.fault, sentence: worst.sentence };
  const steps = `steps 1 to ${lastStep}`;
  const [past] = faults;
  if (past !== undefined) {
    const last = Math.max(...faults.map((fault) => fault.lastStep));
    return { verdict: 'recovered', sentence: `${past.sentence}. No rule has held since step ${last}, in ${steps}` };
  }
  if (lastStep < HEALTH_STEPS) {
    const known =
      lastStep === 0 ? 'No step has been recorded yet' : `Only ${lastStep} ${lastStep === 1 ? 'step' : 'steps'} so far`;
    return { verdict: 'unknown', sentence: `${known}: a verdict needs ${HEALTH_STEPS}` };
  }
  const done = checks.filter(({ needs }) => needs <= lastStep).length;
  const later = done < checks.length ? `; ${checks.length - done} need more steps` : '';
  return { verdict: 'healthy', sentence: `None of ${done} rules held in ${steps}${later}` };
}
