import type { Expectation, Which } from "../definition/story.ts";
import { activeLeaves } from "../execute/snapshot.ts";
import type { CaseState } from "../execute/state.ts";
import { canonical, type Json, sameJson } from "../words/json.ts";
import type { Stage, StagedCase } from "./stage.ts";
import { StoryError } from "./story-error.ts";

/** What somebody does at a step: of several cases, the one is meant in which that task is open, theirs where `by` names them. */
export interface Doing extends Which {
  step: string;
  by?: string | undefined;
}

/** The case that a story means. Throws where there is none: the story is wrong then. */
export async function caseMeant(stage: Stage, which: Which | Doing): Promise<StagedCase> {
  const { of, about } = which;
  const cases = await stage.cases();
  const found = cases.filter(
    ({ state }) =>
      (of === undefined || state.definition.id === of) && (about === undefined || state.subject.id === about),
  );
  const does = "step" in which ? found.filter(({ state }) => hasTask(state, which)) : [];
  const meant = does.at(-1) ?? (of === undefined && about === undefined ? found[0] : found.at(-1));
  if (meant) return meant;
  const there = cases.map(({ state }) => `${state.definition.id} of ${state.subject.id}`).join(", ");
  throw new StoryError(`there is no case of ${[of, about].filter(Boolean).join(" about ")}; there are: ${there}`);
}

const hasTask = ({ tasks }: CaseState, { step, by }: Doing): boolean =>
  Object.values(tasks).some((task) => task.step === step && (by === undefined || task.assignees.includes(by)));

/** What does not hold, as sentences. */
export async function unmet(stage: Stage, expected: Expectation): Promise<string[]> {
  const failures: string[] = [];
  const compare = (what: string, actual: unknown, wanted: unknown) => {
    if (wanted !== undefined && !sameJson(actual, wanted))
      failures.push(`${what} is ${canonical(actual)}, expected ${canonical(wanted)}`);
  };
  const cases = await stage.cases();
  for (const [id, count] of Object.entries(expected.cases ?? {}))
    compare(`the number of cases of ${id}`, cases.filter(({ state }) => state.definition.id === id).length, count);
  const effects = expected.effects ? await stage.effects() : {};
  for (const [kind, count] of Object.entries(expected.effects ?? {}))
    compare(`the number of ${kind} effects`, effects[kind] ?? 0, count);
  const messages = expected.messages ? await stage.messages() : [];
  for (const [person, titles] of Object.entries(expected.messages ?? {})) {
    const got = messages.filter(({ to }) => to.includes(person)).map(({ title }) => title);
    compare(`what ${person} was told`, titles.length === 0 ? got : got.slice(-titles.length), titles);
  }
  if (!looksAtACase(expected)) return failures;

  const { state, journal, compiled } = await caseMeant(stage, expected);
  compare("the status", state.status, expected.status);
  compare("the outcome", state.outcome, expected.outcome);
  compare("the result", state.result, expected.result);
  if (expected.steps)
    compare("where it stands", activeLeaves(compiled, journal.at(-1)?.active ?? []).sort(), [...expected.steps].sort());
  if (expected.tasks) {
    const tasks: Record<string, string[]> = {};
    for (const task of Object.values(state.tasks))
      for (const person of task.assignees) tasks[person] = [...(tasks[person] ?? []), task.step].sort();
    const wanted = Object.entries(expected.tasks).map(([person, steps]) => [person, [...steps].sort()]);
    compare("the open tasks", tasks, Object.fromEntries(wanted));
  }
  const { data } = (state.machine as { context: { data: Record<string, Json> } }).context;
  for (const [name, value] of Object.entries(expected.data ?? {})) compare(`case.${name}`, data[name] ?? null, value);
  return failures;
}

const looksAtACase = ({ status, outcome, steps, tasks, data, result }: Expectation): boolean =>
  [status, outcome, steps, tasks, data, result].some((one) => one !== undefined);
