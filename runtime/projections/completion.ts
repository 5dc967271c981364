import type { HomeView } from "#engine/contract/views/cases.ts";
import type { Reader } from "../access/reader.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { Runtime } from "../commands/runtime.ts";
import { countTasks, type TaskCount } from "../store/completion-read.ts";
import { visibleCases } from "./visible-cases.ts";

export type Completion = HomeView["running"][number]["completion"];

/** What is left out of the rate, and what the screen calls it. */
const EXCLUDED = {
  optional: "optional",
  later: "not due yet",
  "open-ended": "without a due date",
  cancelled: "no longer needed",
} as const;

/**
 * The completion rate of each definition (RC14), by `kind/id`: required tasks completed, over required tasks due. A task is
 * required where its step is not optional, and due once it is completed or its due date has passed; what is left out is
 * named. Counted over the cases that the reader may see. Every screen and the API ask here, so the number is one.
 */
export async function completionRates(runtime: Runtime, reader: Reader): Promise<Map<string, Completion>> {
  const visible = visibleCases(reader);
  const counts = await countTasks(runtime.db, { where: [visible.sql], args: visible.args }, runtime.clock.now());
  const bundles = new Map<string, Bundle>();
  for (const { bundle } of counts) {
    if (!bundles.has(bundle)) bundles.set(bundle, await runtime.catalogue.pinned(bundle));
  }
  return new Map(
    [...Map.groupBy(counts, ({ kind, definition }) => `${kind}/${definition}`)].map(([name, group]) => [
      name,
      completionOf(group, (count) => isOptional(bundles.get(count.bundle)!, count.step)),
    ]),
  );
}

/** Adds counted tasks up to a rate. Levels of a ladder are calls for help, not required work: they are not counted. */
export function completionOf(counts: readonly TaskCount[], optional: (count: TaskCount) => boolean): Completion {
  let completed = 0;
  let due = 0;
  const excluded = new Map<string, number>();
  for (const count of counts) {
    if (count.taskKind === "level") continue;
    const standing = optional(count) ? "optional" : count.standing;
    if (standing === "done") {
      completed += count.n;
      due += count.n;
    } else if (standing === "due") due += count.n;
    else excluded.set(EXCLUDED[standing], (excluded.get(EXCLUDED[standing]) ?? 0) + count.n);
  }
  return {
    completed,
    due,
    rate: due === 0 ? null : completed / due,
    excluded: [...excluded].map(([why, count]) => ({ why, count })).sort((a, b) => (a.why < b.why ? -1 : 1)),
  };
}

/** What a definition without tasks has. */
export const NO_TASKS: Completion = { completed: 0, due: 0, rate: null, excluded: [] };

function isOptional({ compiled }: Bundle, step: string): boolean {
  const drawn = compiled.map.steps.get(step)?.step;
  return drawn !== undefined && "optional" in drawn && drawn.optional === true;
}
