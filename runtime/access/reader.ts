import type { Principal } from "../commands/runtime.ts";
import type { Policy } from "./policy.ts";

/** Who asks, for the length of one request. */
export interface Reader extends Principal {
  /** How they came in. */
  by: "session" | "key" | "demo" | "nobody";
  /** The account of better-auth, where there is one. */
  userId: string | null;
  email: string | null;
  signedIn: boolean;
  /** The persona looked through, when one was chosen. */
  viewingAs: string | null;
  /** A key that may only look. */
  readOnly?: true;
  policy: Policy;
}
