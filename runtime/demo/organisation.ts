import type { Queue, RoleGrant, Unit } from "#engine/organisation/model.ts";
import { type DemoPerson, People } from "./people.ts";
import places from "./places.json" with { type: "json" };
import { random } from "./random.ts";
import { staff } from "./staff.ts";
import { splitEvenly } from "./targets.ts";
import { COMPANY, unit } from "./units.ts";

/** How large the organisation is. The defaults are Green Soft Technology's: 5,000 sales people at 500 locations. */
export interface Size {
  regions: number;
  managers: number;
  locations: number;
  representatives: number;
}

export const GREEN_SOFT: Size = { regions: 6, managers: 50, locations: 500, representatives: 4_950 };

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
