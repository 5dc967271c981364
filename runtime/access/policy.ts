import type { Directory } from "#engine/organisation/directory.ts";
import { relationsTo, type ViewerRelation, visiblePeople } from "#engine/organisation/relations.ts";
import { Forbidden } from "./forbidden.ts";

/** What the studio offers, by the name it has in `MeView.may`. */
export const ABILITIES = ["design", "administer", "people", "metrics", "incentives", "launch"] as const;
export type Ability = (typeof ABILITIES)[number];

/** A role with the unit it is held for; null: everywhere. */
export interface HeldRole {
  role: string;
  unit: string | null;
}

/** Roles whose grant covers the people of a unit. */
const COVERING: ReadonlySet<string> = new Set(["head", "hr-partner", "hr-admin"]);
/** Of these, the ones that may act on somebody else's running case. */
const ADMINISTERING: ReadonlySet<string> = new Set(["hr-partner", "hr-admin"]);
const PAY: readonly ViewerRelation[] = ["self", "manager", "manager-chain", "hr-partner", "hr-admin"];

const RIGHTS: Record<Ability, readonly string[]> = {
  design: ["hr-designer", "hr-admin"],
  administer: ["hr-admin"],
  people: ["hr-admin", "hr-partner"],
  metrics: ["hr-admin", "hr-designer"],
  incentives: ["hr-admin", "sales-operations"],
  launch: ["hr-admin", "hr-designer", "hr-partner"],
};

const WORDS: Record<Ability, string> = {
  design: "draw and publish definitions",
  administer: "administer this organisation",
  people: "administer people",
  metrics: "administer metrics",
  incentives: "run incentive plans",
  launch: "launch a cycle",
};

/**
 * The one policy: what a person may see and do on a date, by role and reporting line. Made for one reader; the sets it gives
 * are computed from the reader's side (reports below, members of covered units) and kept as long as the organisation stands.
 */
export class Policy {
  readonly personId: string | null;
  readonly roles: readonly HeldRole[];
  readonly date: string;
  readonly directory: Directory;
  #people: ReadonlySet<string> | "all" | undefined;
  #units: ReadonlySet<string> | "all" | undefined;

  constructor(directory: Directory, date: string, personId: string | null, extra: readonly HeldRole[] = []) {
    this.directory = directory;
    this.date = date;
    this.personId = personId;
    const granted = personId === null ? [] : directory.grantsOf(personId, date);
    this.roles = [...granted.map(({ role, unit }) => ({ role, unit })), ...extra];
  }

  /** Whether the reader holds one of the roles, anywhere. */
  holds(...roles: string[]): boolean {
    return this.roles.some(({ role }) => roles.includes(role));
  }

  may(ability: Ability): boolean {
    return this.holds(...RIGHTS[ability]);
  }

  /** Throws Forbidden unless the reader may. */
  require(ability: Ability): void {
    if (!this.may(ability)) {
      throw new Forbidden(`You may not ${WORDS[ability]}. Ask an HR administrator for the role.`, {
        kind: "ability",
        id: ability,
      });
    }
  }

  /** What the reader is to a person. */
  relations(target: string): ReadonlySet<ViewerRelation> {
    const { personId, directory, date } = this;
    const relations = personId === null ? new Set<ViewerRelation>() : relationsTo(personId, target, date, directory);
    for (const { role, unit } of this.roles) {
      if (unit === null && COVERING.has(role)) relations.add(role as ViewerRelation);
    }
    return relations;
  }

  /** The people whose records are open to the reader. */
  people(): ReadonlySet<string> | "all" {
    if (this.#people === undefined) {
      const everywhere = this.roles.some(({ role, unit }) => unit === null && COVERING.has(role));
      if (everywhere) this.#people = "all";
      else this.#people = this.personId === null ? new Set() : visiblePeople(this.personId, this.date, this.directory);
    }
    return this.#people;
  }

  /** The same as ids for a query; undefined: no narrowing. */
  peopleIds(): string[] | undefined {
    const people = this.people();
    return people === "all" ? undefined : [...people];
  }

  seesPerson(target: string): boolean {
    const people = this.people();
    return people === "all" || people.has(target);
  }

  /** The units that a covering role of the reader reaches, those below included. */
  units(): ReadonlySet<string> | "all" {
    if (this.#units === undefined) this.#units = this.#coveredUnits(COVERING);
    return this.#units;
  }

  unitIds(): string[] | undefined {
    const units = this.units();
    return units === "all" ? undefined : [...units];
  }

  seesUnit(unit: string): boolean {
    const units = this.units();
    return units === "all" || units.has(unit);
  }

  /** Whether pay and amounts of a person are open to the reader. */
  seesPay(target: string): boolean {
    const relations = this.relations(target);
    return PAY.some((relation) => relations.has(relation));
  }

  /** Whether the reader may act on running cases about a person. */
  administersPerson(target: string): boolean {
    const relations = this.relations(target);
    return relations.has("hr-partner") || relations.has("hr-admin");
  }

  administersUnit(unit: string | null): boolean {
    const units = this.#coveredUnits(ADMINISTERING);
    return units === "all" || (unit !== null && units.has(unit));
  }

  /** Whether the reader administers everywhere. */
  get administersAll(): boolean {
    return this.roles.some(({ role, unit }) => unit === null && role === "hr-admin");
  }

  /** Whether a parameter is the reader's to change: an HR admin's, or whoever holds the role that owns it. */
  editsParameter(owner: string | null): boolean {
    return this.administersAll || (owner !== null && this.holds(owner));
  }

  #coveredUnits(roles: ReadonlySet<string>): ReadonlySet<string> | "all" {
    const found = new Set<string>();
    for (const { role, unit } of this.roles) {
      if (!roles.has(role)) continue;
      if (unit === null) return "all";
      addBelow(this.directory, unit, found);
    }
    return found;
  }
}

function addBelow(directory: Directory, unit: string, found: Set<string>): void {
  if (found.has(unit)) return;
  found.add(unit);
  for (const child of directory.childrenOf(unit)) addBelow(directory, child.id, found);
}
