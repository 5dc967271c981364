import { useCall } from "../api/use-call.ts";

/**
 * Acts as a persona of the demo. Everything on screen belonged to someone else, so all of it is loaded anew: a page that
 * stayed would ask for what only the one before might see.
 */
export function useViewAs() {
  return useCall("viewAs", { onDone: () => window.location.assign("/") });
}
