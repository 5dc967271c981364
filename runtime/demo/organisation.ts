import type { Queue, RoleGrant, Unit } from "#engine/organisation/model.ts";
import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import names from "./names.json" with { type: "json" };
import places from "./places.json" with { type: "json" };
import { type Random, random } from "./random.ts";
import { splitEvenly } from "./targets.ts";

/** How large the organisation is. The defaults are Green Soft Technology's: 5,000 sales people at 500 locations. */
export interface Size {
  regions: number;
  managers: number;
  locations: number;
  representatives: number;
}

export const GREEN_SOFT: Size = { regions: 6, managers: 50, locations: 500, representatives: 4_950 };

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

/** A representative with where they are, for the results. */
export interface Representative extends DemoPerson {
  location: string;
  region: string;
}

export interface DemoOrganisation {
  units: Unit[];
  /** Managers first, then representatives, then the staff beyond the 5,000. */
  people: DemoPerson[];
  representatives: Representative[];
  grants: RoleGrant[];
  queues: Queue[];
  /** Region units, and the location units of each. */
  regions: { id: string; title: string; head: string; locations: string[] }[];
}

export const COMPANY = "green-soft";
const SINCE = "2015-01-01";

/**
 * Green Soft Technology: company, regions, locations, one team a location; a manager heads ten locations; about ninety-nine
 * representatives report to each. Beside them the board, sales operations, human resources with a partner for each region,
 * and customer care with a technical-assistance team. The same seed and anchor month give the same people for ever.
 */
export function demoOrganisation(seed: number, anchorMonth: string, size: Size = GREEN_SOFT): DemoOrganisation {
  const people = new People(seed, anchorMonth);
  const units: Unit[] = [unit(COMPANY, "Green Soft Technology", "company", null)];
  const grants: RoleGrant[] = [];
  const grant = (person: string, role: string, on: string | null) =>
    grants.push({ person, role, unit: on, validFrom: SINCE, validTo: null });

  const ceo = people.add(
    "gs-ceo",
    "Chief executive officer",
    "executive",
    "E3",
    COMPANY,
    null,
    [12_000_000, 12_000_000],
  );
  const sales = people.add(
    "gs-sales-head",
    "National sales head",
    "executive",
    "E2",
    COMPANY,
    ceo,
    [7_500_000, 7_500_000],
  );
  grant(ceo, "head", COMPANY);
  grant(ceo, "chief-executive", null);

  const managers: { id: string; region: string; locations: string[] }[] = [];
  const regions: DemoOrganisation["regions"] = [];
  const managersOf = splitEvenly(size.managers, size.regions);
  const locationsOf = splitEvenly(size.locations, size.managers);
  const pick = random(seed, "places");
  let location = 0;
  for (let r = 0; r < size.regions; r++) {
    const place = places.regions[r % places.regions.length];
    if (!place) throw new Error("places.json lists no regions.");
    const title =
      r < places.regions.length ? place.title : `${place.title} ${Math.floor(r / places.regions.length) + 1}`;
    const id = `region-${title.toLowerCase().replaceAll(" ", "-")}`;
    units.push(unit(id, title, "region", COMPANY));
    const head = people.add(
      `gs-head-${id.slice("region-".length)}`,
      `Regional head ${title}`,
      "regional-head",
      "E1",
      id,
      sales,
      [4_000_000, 5_000_000],
    );
    grant(head, "head", id);
    const region = { id, title, head, locations: [] as string[] };
    regions.push(region);
    for (let m = 0; m < (managersOf[r] ?? 0); m++) {
      const number = managers.length + 1;
      const manager = people.add(
        `gs-m-${String(number).padStart(2, "0")}`,
        "Area sales manager",
        "sales-manager",
        "M1",
        id,
        head,
        [1_400_000, 2_200_000],
      );
      const own: string[] = [];
      for (let l = 0; l < (locationsOf[number - 1] ?? 0); l++) {
        location++;
        const code = String(location).padStart(3, "0");
        const city = place.cities[(location - 1) % place.cities.length] ?? title;
        const locationId = `loc-${code}`;
        units.push(unit(locationId, `${city} ${pick.pick(places.quarters)} (${code})`, "location", id));
        units.push(unit(`team-${code}`, `Sales team ${city} ${code}`, "team", locationId));
        grant(manager, "head", locationId);
        grant(manager, "head", `team-${code}`);
        own.push(locationId);
        region.locations.push(locationId);
      }
      managers.push({ id: manager, region: id, locations: own });
    }
  }

  const representatives: Representative[] = [];
  const repsOf = splitEvenly(size.representatives, managers.length);
  for (const [m, manager] of managers.entries())
    for (const [l, count] of splitEvenly(repsOf[m] ?? 0, manager.locations.length).entries()) {
      const at = manager.locations[l];
      if (at === undefined) continue;
      for (let i = 0; i < count; i++) {
        const id = `gs-r-${String(representatives.length + 1).padStart(4, "0")}`;
        people.add(
          id,
          "Sales representative",
          "sales",
          people.draw.chance(0.3) ? "S2" : "S1",
          at.replace("loc-", "team-"),
          manager.id,
          [300_000, 600_000],
        );
        representatives.push({ ...people.last(), location: at, region: manager.region });
      }
    }
  const queues = staff(people, units, grant, regions, ceo, sales);
  return { units, people: people.all, representatives, grants, queues, regions };
}

/** Everybody beyond the 5,000 sales people, and the queues they work from. */
function staff(
  people: People,
  units: Unit[],
  grant: (person: string, role: string, on: string | null) => void,
  regions: DemoOrganisation["regions"],
  ceo: string,
  sales: string,
): Queue[] {
  units.push(
    unit("human-resources", "Human resources", "department", COMPANY),
    unit("sales-operations", "Sales operations", "department", COMPANY),
    unit("customer-care", "Customer care", "department", COMPANY),
    unit("care-desk", "Customer care desk", "team", "customer-care"),
    unit("technical-assistance", "Technical assistance", "team", "customer-care"),
  );
  const chro = people.add(
    "gs-hr-head",
    "Head of human resources",
    "executive",
    "E2",
    "human-resources",
    ceo,
    [5_500_000, 5_500_000],
  );
  grant(chro, "head", "human-resources");
  grant(
    people.add("gs-hr-designer", "HR designer", "hr", "H2", "human-resources", chro, [1_500_000, 1_800_000]),
    "hr-designer",
    null,
  );
  grant(
    people.add("gs-hr-admin", "HR administrator", "hr", "H2", "human-resources", chro, [1_300_000, 1_600_000]),
    "hr-admin",
    null,
  );
  for (const region of regions)
    grant(
      people.add(
        `gs-hrbp-${region.id.slice("region-".length)}`,
        `HR partner ${region.title}`,
        "hr",
        "H2",
        "human-resources",
        chro,
        [1_300_000, 1_900_000],
      ),
      "hr-partner",
      region.id,
    );
  grant("gs-hr-head", "hr-partner", COMPANY);

  const operations = people.add(
    "gs-sales-ops-head",
    "Head of sales operations",
    "operations",
    "E1",
    "sales-operations",
    sales,
    [3_200_000, 3_800_000],
  );
  grant(operations, "head", "sales-operations");
  grant(operations, "sales-operations", null);
  for (let i = 1; i <= 3; i++)
    people.add(
      `gs-sales-ops-${i}`,
      "Sales operations analyst",
      "operations",
      "H1",
      "sales-operations",
      operations,
      [800_000, 1_200_000],
    );
  grant(
    people.add(
      "gs-sales-steward",
      "Data steward, sales",
      "operations",
      "H2",
      "sales-operations",
      operations,
      [1_400_000, 1_700_000],
    ),
    "sales-steward",
    null,
  );
  grant(
    people.add(
      "gs-customer-steward",
      "Data steward, customer",
      "operations",
      "H2",
      "sales-operations",
      operations,
      [1_400_000, 1_700_000],
    ),
    "customer-steward",
    null,
  );
  grant(
    people.add(
      "gs-people-steward",
      "Data steward, people",
      "hr",
      "H2",
      "human-resources",
      chro,
      [1_400_000, 1_700_000],
    ),
    "people-steward",
    null,
  );

  const care = people.add(
    "gs-care-head",
    "Head of customer care",
    "customer-care",
    "E1",
    "customer-care",
    ceo,
    [3_000_000, 3_600_000],
  );
  grant(care, "head", "customer-care");
  grant(care, "customer-care", null);
  const desk = team(people, grant, "care-desk", "gs-care", "Customer care agent", care, 12);
  const technicians = team(people, grant, "technical-assistance", "gs-tech", "Technical assistance engineer", care, 8);
  return [
    { id: "customer-care", title: "Customer care", members: desk },
    { id: "technical-assistance", title: "Technical assistance", members: technicians },
  ];
}

function team(
  people: People,
  grant: (person: string, role: string, on: string | null) => void,
  on: string,
  prefix: string,
  title: string,
  head: string,
  count: number,
): string[] {
  const lead = people.add(
    `${prefix}-lead`,
    `Team lead, ${title.toLowerCase()}s`,
    "customer-care",
    "H2",
    on,
    head,
    [1_200_000, 1_500_000],
  );
  grant(lead, "head", on);
  return Array.from({ length: count }, (_, i) =>
    people.add(
      `${prefix}-${String(i + 1).padStart(2, "0")}`,
      title,
      "customer-care",
      "H1",
      on,
      lead,
      [400_000, 700_000],
    ),
  );
}

/** Makes people one after the other, each with a name, an address, a hire date and a salary of their own. */
class People {
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

const unit = (id: string, title: string, level: string, parent: string | null): Unit => ({
  id,
  title,
  level,
  parent,
  timeZone: null,
  calendar: null,
});
