import type { Unit } from "#engine/organisation/model.ts";
import { plainName } from "./kinds.ts";

/** Finds units by id or title, and makes those that a file names and nobody knows. */
export class UnitNames {
  readonly #byName = new Map<string, string>();
  readonly #ids = new Set<string>();
  readonly #parent: string | null;
  /** The units made so far, in the order of their ids. */
  readonly made: Unit[] = [];

  constructor(units: readonly Unit[]) {
    for (const unit of units) {
      this.#ids.add(unit.id);
      this.#byName.set(`id:${unit.id}`, unit.id);
    }
    // A title that two units share names neither.
    const titles = new Map<string, string | null>();
    for (const unit of units)
      titles.set(unit.title.toLowerCase(), titles.has(unit.title.toLowerCase()) ? null : unit.id);
    for (const [title, id] of titles) if (id !== null) this.#byName.set(`title:${title}`, id);
    const roots = units.filter((unit) => unit.parent === null);
    this.#parent = roots.length === 1 ? (roots[0]?.id ?? null) : null;
  }

  /** The unit of that id or title, made (as a department below the one root, if there is one) where unknown. */
  idOf(text: string): string {
    const name = text.trim();
    const known = this.#byName.get(`id:${name}`) ?? this.#byName.get(`title:${name.toLowerCase()}`);
    if (known !== undefined) return known;
    const id = this.#freeId(name);
    this.#ids.add(id);
    this.#byName.set(`title:${name.toLowerCase()}`, id);
    this.made.push({ id, title: name, level: "department", parent: this.#parent, timeZone: null, calendar: null });
    return id;
  }

  #freeId(name: string): string {
    const slug = name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "");
    const base = slug || `unit-${plainName(name).length}`;
    for (let n = 1; ; n++) {
      const id = n === 1 ? base : `${base}-${n}`;
      if (!this.#ids.has(id)) return id;
    }
  }
}
