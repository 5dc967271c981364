import type { Directory } from "./directory.ts";

/** Delegations of delegations are followed this far; more is taken for a cycle. */
const LONGEST_CHAIN = 10;

/** Who acts for a person, with what has to be said about it. */
export interface StandIn {
  person: string;
  /** Why not the person themselves; undefined where they act in their own name. */
  because?: string;
}

/**
 * Who acts for `person` on a date. Someone who is away and named a delegate is acted for by the delegate, whose own
 * absence is followed in turn, boundedly. Where that chain comes round again, or ends at nobody who may act, the person's
 * manager acts (and the manager's delegate, and so on up). Someone away who named nobody keeps what is theirs during a
 * declared absence, which ends; on open-ended leave it goes to the manager. Undefined: nobody up the line may act.
 */
export function standInFor(
  person: string,
  date: string,
  directory: Directory,
  mayAct: (person: string) => boolean,
): StandIn | undefined {
  const asked = new Set<string>();
  for (const owner of [person, ...directory.chainOf(person, date)]) {
    const found = alongDelegates(owner, date, directory, mayAct, asked);
    if (found === undefined) continue;
    return found === person ? { person } : { person: found, because: reason(person, found, owner, date, directory) };
  }
  return undefined;
}

function alongDelegates(
  owner: string,
  date: string,
  directory: Directory,
  mayAct: (person: string) => boolean,
  asked: Set<string>,
): string | undefined {
  let current: string | undefined = owner;
  for (let step = 0; step < LONGEST_CHAIN && current !== undefined && !asked.has(current); step++) {
    asked.add(current);
    if (!directory.isHere(current, date)) return undefined;
    const absence = directory.absenceOf(current, date);
    const onLeave = directory.person(current)?.status === "leave";
    const named: string | undefined = absence?.delegate ?? undefined;
    if (named === undefined && !onLeave && (absence === undefined || current === owner)) {
      return mayAct(current) ? current : undefined;
    }
    current = named;
  }
  return undefined;
}

function reason(person: string, found: string, owner: string, date: string, directory: Directory): string {
  const until = directory.absenceOf(person, date)?.to;
  const away = until === undefined ? "who is away" : `who is away until ${until}`;
  const name = directory.nameOf(person);
  const acts = `${directory.nameOf(found)} acts on behalf of ${name}`;
  if (!directory.isHere(person, date)) return `${acts}, who has left`;
  return owner === person ? `${acts}, ${away}` : `${acts}, ${away} without a delegate who can act`;
}
