import { parsePeriod } from "#engine/time/period.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";
import { type LaunchInput, launch } from "../../commands/launch.ts";
import { previewLaunch } from "../../commands/preview-launch.ts";
import { Refused } from "../../commands/refused.ts";
import type { HandlersOf } from "../handler.ts";

/** Launching a workflow for many: first whom it would take in and why, then the launch itself, as a job. */
export const launches: HandlersOf<"previewLaunch" | "launch"> = {
  previewLaunch: ({ params, body }, { runtime, reader }) => {
    requireLaunch(reader.policy, body);
    requirePeriod(body);
    return previewLaunch(runtime, params.id, body);
  },

  launch: ({ params, body }, { runtime, reader, key: header }) => {
    requireLaunch(reader.policy, body);
    requirePeriod(body);
    const { key = header, ...input } = body;
    return launch(runtime, reader, params.id, { ...input, ...(key === undefined ? {} : { key }) });
  },
};

/** Designers and admins launch for everyone; a partner, or the admin of a unit, for the people and units they look after. */
function requireLaunch(policy: Policy, { unit, people }: LaunchInput): void {
  policy.require("launch");
  if (policy.administersAll || policy.holds("hr-designer")) return;
  const own = people
    ? people.every((person) => policy.administersPerson(person))
    : unit !== undefined && policy.administersUnit(unit);
  if (own) return;
  throw new Forbidden("You may launch for the units and people that you look after. Choose one of them.", {
    kind: "launch",
    id: unit ?? "",
  });
}

function requirePeriod({ period }: LaunchInput): void {
  if (period === undefined || parsePeriod(period)) return;
  throw new Refused("bad-input", `"${period}" is not a period. Write 2026, 2026-H1, 2026-Q3, 2026-09 or 2026-W37.`);
}
