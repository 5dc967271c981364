import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import names from "./names.json" with { type: "json" };
import { type Random, random } from "./random.ts";

/** A person of the demo, as the people file has them. */
export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  title: string;
  role: string;
  grade: string;
  unit: string;
  manager: string | null;
  hireDate: string;
  /** Yearly, in rupees. */
  salary: number;
}

/** Makes people one after the other, each with a name, an address, a hire date and a salary of their own. */
export class People {
  readonly all: DemoPerson[] = [];
  readonly draw: Random;
  readonly #names: Random;
  readonly #newest: number;
  readonly #taken = new Map<string, number>();

  constructor(seed: number, anchorMonth: string) {
    this.draw = random(seed, "people");
    this.#names = random(seed, "names");
    // Nobody is newer than thirteen months: everybody has twelve months of results.
    this.#newest = addMonths(dayOfDate(`${anchorMonth}-01`), -13);
  }

  add(
    id: string,
    title: string,
    role: string,
    grade: string,
    on: string,
    manager: string | null,
    [low, high]: [number, number],
  ): string {
    const first = this.#names.pick(names.first);
    const last = this.#names.pick(names.last);
    const address = `${first}.${last}`.toLowerCase();
    const namesakes = (this.#taken.get(address) ?? 0) + 1;
    this.#taken.set(address, namesakes);
    this.all.push({
      id,
      name: `${first} ${last}`,
      email: `${address}${namesakes === 1 ? "" : namesakes}@green-soft.example`,
      title,
      role,
      grade,
      unit: on,
      manager,
      hireDate: dateOfDay(this.#newest - this.draw.whole(0, 3_000)),
      salary: Math.round(this.draw.whole(low, high) / 1_000) * 1_000,
    });
    return id;
  }

  last(): DemoPerson {
    const person = this.all.at(-1);
    if (!person) throw new Error("Nobody was added yet.");
    return person;
  }
}
