import { dateAt } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { Policy } from "../../runtime/access/policy.ts";
import type { Reader } from "../../runtime/access/reader.ts";
import type { Runtime } from "../../runtime/commands/runtime.ts";

/** Somebody who asks, with the policy that counts for them now. */
export async function readerOf(runtime: Runtime, personId: string): Promise<Reader> {
  const directory = await runtime.organisation.directory();
  const date = dateAt(runtime.clock.now(), zone(directory.data.timeZone));
  const policy = new Policy(directory, date, personId);
  return { personId, roles: [], by: "key", userId: null, email: null, signedIn: true, viewingAs: null, policy };
}
