import type { DemoOrganisation, Representative } from "./organisation.ts";
import type { RepresentativeYear } from "./results.ts";

/** Somebody to look through the eyes of, in the demo's "view as" list. */
export interface Persona {
  personId: string;
  title: string;
  why: string;
}

/** One of each role that the tour needs: two of them representatives of the same manager, one above target, one below. */
export function personas(organisation: DemoOrganisation, years: readonly RepresentativeYear[]): Persona[] {
  const manager = organisation.people.find((person) => person.role === "sales-manager");
  const head = organisation.regions[0];
  if (!manager || !head) throw new Error("A demo organisation needs a region and a manager.");
  const team = new Map(
    organisation.representatives.filter((person) => person.manager === manager.id).map((person) => [person.id, person]),
  );
  const ranked = years
    .filter((year) => team.has(year.id))
    .map((year) => ({ id: year.id, attainment: lastQuarter(year) }))
    .sort((a, b) => b.attainment - a.attainment || (a.id < b.id ? -1 : 1));
  const strong = ranked[0];
  const weak = ranked.at(-1);
  if (!strong || !weak) throw new Error("The first manager of a demo organisation needs representatives.");
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const named = (id: string) => (team.get(id) as Representative).name;
  return [
    {
      personId: "gs-hr-designer",
      title: "HR designer",
      why: "Draws review cycles, ladders and plans, simulates and publishes them.",
    },
    {
      personId: "gs-hr-admin",
      title: "HR administrator",
      why: "Changes a threshold on the live system, imports data, sees what is blocked.",
    },
    {
      personId: head.head,
      title: `Regional head ${head.title}`,
      why: "Gets what climbs: breaches, overdue reviews, grouped alerts of the region.",
    },
    {
      personId: manager.id,
      title: "Area sales manager",
      why: `Heads ten locations; ${team.size} representatives report here.`,
    },
    {
      personId: strong.id,
      title: "Representative above target",
      why: `${named(strong.id)} sold ${percent(strong.attainment)} of the target in the last three months.`,
    },
    {
      personId: weak.id,
      title: "Representative below target",
      why: `${named(weak.id)} sold ${percent(weak.attainment)} of the target in the last three months.`,
    },
  ];
}

function lastQuarter(year: RepresentativeYear): number {
  const sum = (values: readonly number[]) => values.slice(-3).reduce((a, b) => a + b, 0);
  return sum(year.sold) / Math.max(1, sum(year.targets));
}
