import { drawnWays, type PlacedStep } from "../steps/placed-steps.ts";
import { kindOf } from "../steps/registry.ts";
import { DEFAULT_MAX_VISITS } from "../steps/transition.ts";
import type { Issue } from "../words/issue.ts";
import { loops } from "./reach.ts";
import type { LintSubject } from "./subject.ts";

/**
 * A loop through people of which no way names `maxVisits`. It is bounded all the same, by the default; that is said, so
 * that nobody is surprised by a case that blocks.
 */
export function unboundedLoop({ placed }: LintSubject): Issue[] {
  return placed.scopes.flatMap((scope) => {
    const unbounded = (step: PlacedStep) =>
      drawnWays(step)
        .filter((way) => way.transition.maxVisits === undefined)
        .flatMap((way) => scope.steps.get(way.transition.to) ?? []);
    const order = [...scope.steps.values()];
    return loops(order, unbounded).flatMap((loop) => {
      const people = loop.find(({ step }) => kindOf(step).waits === "people");
      if (!people) return [];
      // The way that closes the loop: the one that leads furthest back in the order in which the author wrote the steps.
      const back = loop
        .flatMap((step) => drawnWays(step).map((way) => ({ step, way, to: scope.steps.get(way.transition.to) })))
        .filter(({ way, to }) => to !== undefined && loop.includes(to) && way.transition.maxVisits === undefined)
        .toSorted(
          (a, b) => order.indexOf(a.to!) - order.indexOf(a.step) - (order.indexOf(b.to!) - order.indexOf(b.step)),
        )[0];
      if (!back) return [];
      const issue: Issue = {
        code: "unbounded-loop",
        path: back.way.path,
        severity: "info",
        message: `"${back.step.step.title}" leads back to "${back.to!.step.title}" on ${back.way.event} without a bound; the case blocks, visibly, after ${DEFAULT_MAX_VISITS} rounds.`,
        hint: `Add "maxVisits" to say how many rounds are meant.`,
      };
      return [issue];
    });
  });
}
