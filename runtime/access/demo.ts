import { type Config, isLoopback } from "../config.ts";
import type { DemoState } from "../demo/load.ts";
import type { Persona } from "../demo/personas.ts";
import type { OrganisationSettings } from "../store/organisation-settings.ts";
import type { HeldRole } from "./policy.ts";

/** The cookie that holds the persona looked through. */
export const VIEW_AS_COOKIE = "rondo_view_as";

/** What whoever opens the demo may do before choosing a persona: the tour draws, publishes, launches and pays at once. */
export const TOUR_ROLES: readonly HeldRole[] = [
  { role: "hr-designer", unit: null },
  { role: "hr-admin", unit: null },
];

/**
 * Whether "view as" is there: only while the database is marked demo, and the server listens on its own machine only, and
 * was asked by a name of its own machine (a page elsewhere that makes its own name point here is refused).
 */
export function demoIsOpen(settings: OrganisationSettings, config: Config, hostHeader: string | undefined): boolean {
  return settings.demo && isLoopback(config.host) && hostHeader !== undefined && isLoopback(hostName(hostHeader));
}

/** The personas of this demo, first the one that a new visitor is. */
export function personasOf(settings: OrganisationSettings): Persona[] {
  return (settings.demoOptions as DemoState | null)?.personas ?? [];
}

function hostName(header: string): string {
  return header.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
}
