import { type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** A trigger that keeps what came too early, and begins a case instead of ending a wait: there is nothing too early for it. */
export function hold({ definition }: LintSubject): Issue[] {
  const triggers =
    definition.kind === "workflow"
      ? (definition.triggers ?? []).map((trigger, index) => ({ trigger, path: pointer("triggers", index) }))
      : (definition.kind === "escalation" || definition.kind === "cadence") && definition.trigger
        ? [{ trigger: definition.trigger, path: pointer("trigger") }]
        : [];
  return triggers.flatMap(({ trigger, path }) =>
    "hold" in trigger && trigger.hold
      ? [
          warning(
            "hold-unused",
            `${path}/hold`,
            "What begins a case begins it when it happens; there is nothing to keep.",
            'Remove "hold", or put it on a trigger of a wait step ("for").',
          ),
        ]
      : [],
  );
}
