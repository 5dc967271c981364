import type { Channel } from "../words/channel.ts";
import type { Directory } from "./directory.ts";

/** Whether a message can reach a person, or why not. */
export type Reachability = { reachable: true } | { reachable: false; why: string };

/** Whether a person is here on that date and has the channel: the inbox always, e-mail where an address is known. */
export function reachable(person: string, channel: Channel, date: string, directory: Directory): Reachability {
  const known = directory.person(person);
  if (!known) return { reachable: false, why: `there is no person ${person}` };
  if (!directory.isHere(person, date)) return { reachable: false, why: `${known.name} has left` };
  switch (channel) {
    case "inbox":
      return { reachable: true };
    case "email":
      return known.email ? { reachable: true } : { reachable: false, why: `${known.name} has no e-mail address` };
  }
}
