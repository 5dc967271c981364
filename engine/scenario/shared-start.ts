import type { Beginning } from "../definition/story.ts";
import type { Effect } from "../execute/state.ts";

/** The effect by which several attach to one case or begin it, as the monitor of metrics asks for it; undefined for one alone. */
export function sharedStart(
  { definition, subject, period, trigger, together }: Beginning,
  id: string,
): Extract<Effect, { kind: "start-case" }> | undefined {
  if (!together) return undefined;
  return {
    id,
    kind: "start-case",
    step: "",
    definition,
    subject,
    period: period ?? null,
    with: trigger ?? {},
    key: together.key,
    answer: false,
    shared: {
      ...(together.withinMinutes === undefined ? {} : { withinMinutes: together.withinMinutes }),
      members: together.members.map((member) => ({
        caseId: null,
        waits: false,
        subject: member.subject,
        data: member.with,
      })),
    },
  };
}
