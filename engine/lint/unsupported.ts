import type { Definition } from "../definition/definition.ts";
import { type PlacedStep, placedSteps } from "../steps/placed-steps.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";

/** A part of the format that is read but not run yet: where it stands, and what it is called. */
interface Part {
  what: string;
  /** The pointers, relative to the step, where the part is used. */
  of(placed: PlacedStep): string[];
}

const when = (used: boolean, path: string) => (used ? [path] : []);

/** What steps may say and the engine does not run yet. To make one run, teach the engine and delete its row. */
const STEP_PARTS: readonly Part[] = [
  {
    what: "A form that is passed to and fro or edited together (mode)",
    of: ({ step }) => when("mode" in step && step.mode !== undefined && step.mode !== "single", "/mode"),
  },
];

/**
 * The parts of a definition that Rondo reads but cannot run yet, as errors: publishing refuses them with words instead of
 * running something else than was drawn. Drafts may hold them.
 */
export function unsupported(definition: Definition): Issue[] {
  if (definition.kind === "workflow") {
    const steps = placedSteps(definition).all.flatMap((placed) =>
      STEP_PARTS.flatMap(({ what, of }) =>
        of(placed).map((path) => notYet(what, placed.path + path, placed.step.title)),
      ),
    );
    const moving = definition.onMove && definition.onMove !== "keep" ? [kept("onMove", definition.onMove)] : [];
    return [...steps, ...moving];
  }
  return [];
}

/** A setting that is kept and does nothing yet: said, and no reason not to publish. */
function kept(member: string, value: string): Issue {
  const message = `"${member}": "${value}" is kept, but open tasks stay with whoever has them when people move.`;
  return warning("not-yet", pointer(member), message, "Hand tasks over by hand until it runs.");
}

function notYet(what: string, path: string, title?: string): Issue {
  const where = title === undefined ? "" : ` in "${title}"`;
  const message = `${what}${where} is part of the format but does not run yet.`;
  return error("not-yet", path, message, "Keep it in the draft, or draw it another way to publish now.");
}
