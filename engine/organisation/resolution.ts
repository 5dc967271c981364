import type { FactReader } from "../rules/facts.ts";
import type { PersonRef } from "../words/reference.ts";
import type { Directory } from "./directory.ts";

/** What a case is about, as far as finding people goes. */
export interface CaseSubject {
  kind: "person" | "unit" | "metric" | "record";
  id: string;
  /** The person that a record (a complaint, a deal) is about. */
  about?: string;
  /** The unit that a record or a metric's breach belongs to. */
  unit?: string;
}

/** Everything a person reference is resolved against, as of one instant. */
export interface PeopleContext {
  subject: CaseSubject;
  /** Who holds the step, for `"of": "actor"`. */
  actor?: string;
  /** The instant at which the step or level fires; relations hold as of its local date. */
  at: number;
  directory: Directory;
  fact: FactReader;
  metricOwner?: PersonRef;
  metricSteward?: PersonRef;
  /**
   * People who may not be found at all, with the reason (`"is the subject of the case"`): the subject of an escalation and
   * anyone in conflict. Relations then climb: a manager who is shut out is passed over for the manager above.
   */
  shutOut?: ReadonlyMap<string, string>;
}

export interface Resolution {
  /** Person ids, each once, in a stable order. */
  people: string[];
  /** Why these: `Ana Ruiz's manager on 3 March 2026`. Also says, when nobody was found, whom it looked for. */
  because: string;
  /** Who was passed over, and why. */
  skipped: { person: string; why: string }[];
  /** Who acts for somebody who is away. */
  onBehalf: { person: string; of: string; because: string }[];
}
