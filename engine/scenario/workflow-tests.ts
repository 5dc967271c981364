import { type Compiled, compile } from "../compile/compile.ts";
import { catalogueOf } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import type { Moment, Scenario, WorkflowTest } from "../definition/story.ts";
import type { Workflow } from "../definition/workflow.ts";
import type { Simulation } from "../execute/simulate.ts";
import { zone } from "../time/zone.ts";
import { error, type Issue, IssuesError } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { CAST, plainCalendar } from "./cast.ts";
import { companyData } from "./company-data.ts";
import { play } from "./play.ts";
import { type SimulatedStage, simulatedStage } from "./simulated-stage.ts";
import { StoryError } from "./story-error.ts";
import { type Walked, walkedBy, waysOf } from "./walked.ts";

/** How one story of a workflow went. */
export interface StoryRun {
  /** Its place in the document, from zero. */
  index: number;
  title: string;
  green: boolean;
  /** What did not come out as written, one sentence each; empty where it is green. */
  problems: string[];
}

/** How far the stories of a workflow go. */
export interface WorkflowCoverage {
  kind: "transitions";
  /** Every drawn way onward, in the order of the drawing. */
  parts: Walked[];
  /** Ways that at least one story took. */
  reached: number;
  total: number;
  /** Between 0 and 1; 1 where there is nothing to reach. */
  share: number;
  runs: StoryRun[];
}

/**
 * Tells the stories that live beside a workflow in the simulator, and says which of its transitions they take. Undefined where
 * the workflow cannot be compiled.
 * @param documents what it may refer to; it stands for itself, whatever is in there
 * @param between waited for after each story: a server has other things to do
 */
export async function workflowCoverage(
  workflow: Workflow,
  documents: readonly Definition[],
  between: () => Promise<void> = async () => {},
): Promise<WorkflowCoverage | undefined> {
  const compiled = compiledOrNot(workflow, documents);
  if (!compiled) return undefined;
  const parts = waysOf(workflow, catalogueOf([...documents, workflow]));
  const runs: StoryRun[] = [];
  for (const [index, test] of (workflow.tests ?? []).entries()) {
    const { problems, simulation } = await tellStory(workflow, test, documents);
    runs.push({ index, title: test.title, green: problems.length === 0, problems });
    if (simulation) for (const at of walkedBy(parts, workflow.id, simulation)) parts[at]?.walkedIn.push(index);
    await between();
  }
  const reached = parts.filter(({ walkedIn }) => walkedIn.length > 0).length;
  const total = parts.length;
  return { kind: "transitions", parts, reached, total, share: total === 0 ? 1 : reached / total, runs };
}

/** What red stories have to say: each stops a publish. */
export const redStories = ({ runs }: WorkflowCoverage): Issue[] =>
  runs.flatMap(({ index, title, problems }) =>
    problems.map((problem) =>
      error(
        "test-red",
        pointer("tests", index),
        `The test "${title}": ${problem}.`,
        "Correct the drawing, or the test.",
      ),
    ),
  );

/**
 * One story told: what did not come out as written, and the simulation after it, where it came to one.
 * @param after called with the simulation when it has begun, and after each moment
 */
export async function tellStory(
  workflow: Workflow,
  test: WorkflowTest,
  documents: readonly Definition[],
  after: (simulation: Simulation, moment: Moment | null) => void = () => {},
): Promise<{ problems: string[]; simulation: Simulation | undefined }> {
  let stage: SimulatedStage | undefined;
  try {
    const company = test.company ?? CAST;
    const scenario: Scenario = { ...test, definition: { kind: "workflow", id: workflow.id } };
    const organisation = companyData(company);
    const told = simulatedStage(scenario, [...withCalendar(documents, company), workflow], organisation);
    stage = told;
    const problems = await play(scenario, told, zone(organisation.timeZone), (moment) =>
      after(told.simulation(), moment),
    );
    return { problems, simulation: stage.simulation() };
  } catch (problem) {
    const sentence = mistakeOf(problem);
    if (sentence === undefined) throw problem;
    return { problems: [sentence], simulation: stage?.simulation() };
  }
}

/** What an author did wrong, as a sentence; undefined for what is our bug. */
function mistakeOf(problem: unknown): string | undefined {
  if (problem instanceof StoryError) return problem.message;
  if (problem instanceof IssuesError) return problem.issues[0]?.message ?? "it cannot run";
  return undefined;
}

/** The documents with the calendars that count for the company: the made-up one has its own. */
function withCalendar(documents: readonly Definition[], { calendar, timeZone }: typeof CAST): Definition[] {
  const own = calendar === CAST.calendar;
  const others = documents.filter((one) => !(own && one.kind === "calendar" && one.id === calendar));
  // One that was never published knows no holidays yet: it is counted without any, rather than not at all.
  const known = others.map((one): Definition => {
    if (one.kind !== "calendar" || one.resolved) return one;
    const { resolved } = plainCalendar(one.id, one.timeZone);
    return resolved ? { ...one, resolved } : one;
  });
  const there = known.some((one) => one.kind === "calendar" && one.id === calendar);
  return there ? known : [...known, plainCalendar(calendar, timeZone)];
}

/** One that cannot be compiled tells no stories; what is wrong with it is told where it is compiled for its own sake. */
function compiledOrNot(workflow: Workflow, documents: readonly Definition[]): Compiled | undefined {
  try {
    return compile(workflow, catalogueOf([...documents, workflow]));
  } catch (problem) {
    if (problem instanceof IssuesError) return undefined;
    throw problem;
  }
}
