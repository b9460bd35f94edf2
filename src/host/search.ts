import { parse, safeParse } from 'valibot';
import { Architecture, outlineOf } from '../contract/architecture.ts';
import type { DataSetInfo } from '../contract/data.ts';
import { UserError } from '../contract/errors.ts';
import type { NetworkRequest } from '../contract/network.ts';
import type { RunRow } from '../contract/run.ts';
import { isEnded } from '../contract/runState.ts';
import type { SearchRequest, StudyRow } from '../contract/study.ts';
import { uniformNumbers } from '../nets/random.ts';
import { readSpace, type Genome, type SearchSpace } from '../nets/search/space.ts';
import { createStrategy, type Proposal, type Strategy, type Trial } from '../nets/search/strategies.ts';
import type { NewRun } from '../store/runInserter.ts';
import type { Store } from '../store/store.ts';
import type { DataLibrary } from './dataLibrary.ts';
import { announceRun, type Live } from './live.ts';
import { newTrial } from './newRun.ts';
import type { Queue } from './queue.ts';
import { STOPPED_WITH_STUDY } from './stopReasons.ts';
import { whileLocked } from './storeTrouble.ts';

export interface Searches {
  /** Starts a search; its trials follow one another until all were made, its study is stopped, or the host closes. */
  start(request: SearchRequest): StudyRow;
  close(): void;
}

interface Search {
  readonly request: SearchRequest;
  readonly data: DataSetInfo;
  readonly space: SearchSpace;
  readonly strategy: Strategy;
  /** What was proposed, with the run that tries it. */
  readonly tried: { readonly proposal: Proposal; readonly runId: number }[];
}

interface SearchesOptions {
  readonly store: Store;
  readonly data: DataLibrary;
  readonly live: Live;
  readonly queue: Queue;
}

export function createSearches({ store, data: library, live, queue }: SearchesOptions): Searches {
  const closed = new AbortController();

  const add = (search: Search, studyId: number, proposals: readonly Proposal[]) => {
    const runs = proposals.map((proposal, index) => trialRun(search, proposal, search.tried.length + index + 1));
    const ids = store.studies.addRuns(studyId, runs);
    search.tried.push(...proposals.map((proposal, index) => ({ proposal, runId: ids[index]! })));
    for (const id of ids) announceRun(live, { id, studyId });
    queue.wake();
  };

  /** Adds what comes next; false where nothing does and nothing is being tried. */
  const goOn = (search: Search, studyId: number): boolean => {
    if (store.studies.existing([studyId])[0]?.deletedAt !== null) return false;
    const runs = new Map(store.studies.runs(studyId).map((run) => [run.id, run]));
    if ([...runs.values()].some(({ reason }) => reason === STOPPED_WITH_STUDY)) return false;
    const trials = search.tried.map(({ proposal, runId }) => trialOf(proposal, runs.get(runId)));
    const proposals = search.strategy(trials);
    if (proposals.length > 0) add(search, studyId, proposals);
    return proposals.length > 0 || trials.some((trial) => !trial.isEnded);
  };

  const follow = async (search: Search, studyId: number) => {
    for await (const changed of live.changes('studies', closed.signal)) {
      if (changed.has(studyId) && !(await whileLocked(store, () => goOn(search, studyId)))) break;
    }
    const isPurged = store.studies.existing([studyId]).length === 0;
    if (closed.signal.aborted || isPurged) return;
    await whileLocked(store, () => store.studies.endSearch(studyId));
    live.announce('studies', studyId);
  };

  return {
    start(request) {
      const search = createSearch(request, library.find(request.data).info);
      const { data, recipe, options } = request;
      const first = search.strategy([]);
      const runs = first.map((proposal, index) => trialRun(search, proposal, index + 1));
      const { name = '' } = request;
      const givenName = `Search on ${data}: ${options.strategy}, ${options.trials} trials`;
      const study = store.studies.create({
        name: name === '' ? givenName : name,
        runs,
        request: {
          data,
          recipe,
          seeds: 1,
          versions: distinct(runs.map(({ network }) => network.version)),
          depths: distinct(runs.map(({ network }) => network.depth)),
          search: { ...options, isOver: false },
          series: [],
        },
      });
      search.tried.push(...first.map((proposal, index) => ({ proposal, runId: study.runIds[index]! })));
      void follow(search, study.id);
      for (const id of study.runIds) announceRun(live, { id, studyId: study.id });
      queue.wake();
      return store.studies.get(study.id);
    },
    close: () => closed.abort(),
  };
}

function createSearch(request: SearchRequest, data: DataSetInfo): Search {
  const { recipe, options } = request;
  if (recipe.validationShare === 0) throw noValidation();
  const space = readSpace(request.space);
  const known = new Map<string, string | null>();
  const strategy = createStrategy(options, {
    sizes: space.choices.map((choice) => choice.options.length),
    epochs: recipe.epochs,
    random: uniformNumbers(recipe.seed, 'search'),
    faultOf(genome) {
      const key = genome.join();
      const fault = known.has(key) ? known.get(key)! : findFault(request, data, space, genome);
      known.set(key, fault);
      return fault;
    },
  });
  return { request, data, space, strategy, tried: [] };
}

function noValidation(): UserError {
  return new UserError({
    code: 'bad-input',
    message:
      'Without a validation split, a search would choose by the test images, and its result would be worth nothing on them',
    where: 'recipe.validationShare',
    hint: 'Hold out a share of the training images, such as 0.1',
  });
}

/** Why an architecture of the space cannot be tried; null where it can. */
function findFault(
  { recipe, options }: SearchRequest,
  data: DataSetInfo,
  space: SearchSpace,
  genome: Genome,
): string | null {
  const { success, output, issues } = safeParse(Architecture, space.build(genome));
  if (!success) return `${issues[0].path?.map(({ key }) => String(key)).join('.') ?? 'the file'}: ${issues[0].message}`;
  try {
    const { parameters } = newTrial({ network: networkOf(output), recipe }, data, 'trial');
    if (options.maxParameters === null || parameters <= options.maxParameters) return null;
    return `it has ${parameters.toLocaleString('en')} parameters, more than ${options.maxParameters.toLocaleString('en')}`;
  } catch (error) {
    return UserError.from(error).message;
  }
}

function networkOf(architecture: Architecture): NetworkRequest {
  return { ...outlineOf(architecture), architecture };
}

function trialRun({ request, data, space }: Search, { genome, epochs }: Proposal, number: number): NewRun {
  const { recipe } = request;
  const architecture = { name: `trial_${number}`, ...parse(Architecture, space.build(genome)) };
  const name = `trial ${number}: ${space.label(genome)}`;
  return newTrial({ network: networkOf(architecture), recipe: { ...recipe, epochs } }, data, name);
}

/** A run that is in the bin, or was stopped or failed, has no result. */
function trialOf(proposal: Proposal, run: RunRow | undefined): Trial {
  if (run === undefined) return { ...proposal, fitness: null, isEnded: true };
  const hasResult = run.state === 'finished' && run.validationAccuracy !== null;
  return { ...proposal, fitness: hasResult ? run.validationAccuracy : null, isEnded: isEnded(run.state) };
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
