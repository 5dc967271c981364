import { Forbidden } from "../../access/forbidden.ts";
import type { Policy } from "../../access/policy.ts";

const READING = ["design", "administer", "launch", "people", "metrics", "incentives"] as const;

/** Documents are open to whoever draws, launches, pays by or administers something; others get them in words. */
export function requireReading(policy: Policy, kind: string, id = "all"): void {
  if (READING.some((ability) => policy.may(ability))) return;
  throw new Forbidden("You may not look into definitions. Ask an HR administrator for a role.", { kind, id });
}
