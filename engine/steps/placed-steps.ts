import { pointer } from "../words/pointer.ts";
import type { Step, Steps } from "./step.ts";
import { type GuardedTransition, type On, transitionList } from "./transition.ts";

/** A step with the place where it stands in its workflow. */
export interface PlacedStep {
  id: string;
  step: Step;
  /** JSON Pointer to the step. */
  path: string;
  scope: Scope;
}

/** Steps that may lead to each other: those of the workflow, of one group, or of one branch. */
export interface Scope {
  /** JSON Pointer to what holds `start` and `steps`: "" for the workflow. */
  path: string;
  start: string;
  steps: Map<string, PlacedStep>;
  /** The group or parallel around it; absent for the workflow's own steps. */
  owner: PlacedStep | undefined;
  /** Id and title of the branch, in a parallel. */
  branch: { id: string; title: string } | undefined;
}

/** A workflow's steps, those inside groups and branches included, in the order of the document. */
export interface PlacedSteps {
  all: PlacedStep[];
  scopes: Scope[];
  /** The first step with an id, wherever it stands. */
  byId: Map<string, PlacedStep>;
}

/** Finds every step of a workflow with its place and its neighbours. */
export function placedSteps(workflow: { start: string; steps: Steps }): PlacedSteps {
  const found: PlacedSteps = { all: [], scopes: [], byId: new Map() };
  placeScope(found, "", workflow, undefined, undefined);
  return found;
}

function placeScope(
  found: PlacedSteps,
  path: string,
  holder: { start: string; steps: Steps },
  owner: PlacedStep | undefined,
  branch: Scope["branch"],
): void {
  const scope: Scope = { path, start: holder.start, steps: new Map(), owner, branch };
  found.scopes.push(scope);
  for (const [id, step] of Object.entries(holder.steps)) {
    const placed: PlacedStep = { id, step, path: path + pointer("steps", id), scope };
    scope.steps.set(id, placed);
    found.all.push(placed);
    if (!found.byId.has(id)) found.byId.set(id, placed);
    if (step.kind === "group") placeScope(found, placed.path, step, placed, undefined);
    if (step.kind === "parallel") {
      for (const [branchId, held] of Object.entries(step.branches)) {
        const title = held.title ?? branchId;
        placeScope(found, placed.path + pointer("branches", branchId), held, placed, { id: branchId, title });
      }
    }
  }
}

/** One way out of a step: the event that takes it and where it leads. */
export interface DrawnWay {
  event: string;
  /** Position among the ways of the same event, which are tried in order. */
  index: number;
  transition: GuardedTransition;
  /** JSON Pointer to this way. */
  path: string;
}

/** Every way out of a step, in the order in which they are tried. An `end` has none. */
export function drawnWays(placed: PlacedStep): DrawnWay[] {
  const on: On = "on" in placed.step ? placed.step.on : {};
  return Object.entries(on).flatMap(([event, transition]) =>
    transitionList(transition).map((one, index) => ({
      event,
      index,
      transition: one,
      path: placed.path + pointer("on", event, ...(Array.isArray(transition) ? [index] : [])),
    })),
  );
}

/** The steps of a frame that undo another of it: no way leads to them, and they end by themselves. */
export function undoStepsOf(scope: Scope): Set<PlacedStep> {
  return new Set(
    [...scope.steps.values()].flatMap(({ step }) => {
      const undo = "undo" in step && step.undo !== undefined ? scope.steps.get(step.undo) : undefined;
      return undo ? [undo] : [];
    }),
  );
}
