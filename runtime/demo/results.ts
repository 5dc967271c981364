import { csv } from "./csv.ts";
import type { Month } from "./months.ts";
import type { DemoOrganisation } from "./organisation.ts";
import { random } from "./random.ts";
import { SEASON, STORY } from "./story.ts";
import { splitByWeights, splitEvenly } from "./targets.ts";
import { COMPANY } from "./units.ts";

/** The year's target of the company: 15 lakh laptops (FEATURES G3). */
export const YEARLY_TARGET = 1_500_000;

/** Twelve months of one representative. */
export interface RepresentativeYear {
  id: string;
  yearlyTarget: number;
  targets: number[];
  sold: number[];
  margins: string[];
}

/**
 * Targets and results of every representative. The yearly target is split evenly, the remainder one each to the first by
 * personnel number; each one's year is split over the months by season. Both splits sum exactly. Somebody's skill is
 * theirs for the whole year, a location's fortune is shared by its people, and each month scatters.
 */
export function representativeYears(
  organisation: DemoOrganisation,
  months: readonly Month[],
  seed: number,
): RepresentativeYear[] {
  const yearly = splitEvenly(YEARLY_TARGET, organisation.representatives.length);
  const season = months.map((month) => SEASON[month.number - 1] ?? 0);
  const fortune = new Map(
    organisation.regions
      .flatMap((region) => region.locations)
      .map((id) => [id, random(seed, "fortune", id).around(1, 0.06)]),
  );
  return organisation.representatives.map((person, i) => {
    const draw = random(seed, "results", person.id);
    const skill = draw.around(1, 0.16);
    const targets = splitByWeights(yearly[i] ?? 0, season);
    const marginSkill = draw.around(0, 0.03);
    return {
      id: person.id,
      yearlyTarget: yearly[i] ?? 0,
      targets,
      sold: targets.map((target, m) =>
        Math.max(
          0,
          Math.round(
            target * (STORY[m]?.sales ?? 1) * skill * (fortune.get(person.location) ?? 1) * draw.around(1, 0.1),
          ),
        ),
      ),
      margins: targets.map((_, m) =>
        Math.max(0.05, (STORY[m]?.grossMargin ?? 0) + marginSkill + draw.around(0, 0.012)).toFixed(4),
      ),
    };
  });
}

/** The files of results, as a company's systems would export them. */
export function resultFiles(
  organisation: DemoOrganisation,
  months: readonly Month[],
  years: readonly RepresentativeYear[],
  seed: number,
): { name: string; content: string }[] {
  const first = months[0]?.from ?? "";
  const end = months.at(-1)?.to ?? "";
  return [
    {
      name: "yearly-targets.csv",
      content: csv(
        ["person", "from", "to", "metric", "value"],
        years.map((year) => [year.id, first, end, "yearly-target", year.yearlyTarget]),
      ),
    },
    {
      name: "sales-by-representative.csv",
      content: csv(
        ["person", "month", "value:laptops-sold", "target:laptops-sold", "value:gross-margin"],
        months.flatMap((month, m) =>
          years.map((year) => [year.id, month.id, year.sold[m] ?? 0, year.targets[m] ?? 0, year.margins[m] ?? null]),
        ),
      ),
    },
    { name: "sales-by-unit.csv", content: unitSales(organisation, months, years) },
    { name: "leading-indicators.csv", content: indicators(organisation, months, seed) },
  ];
}

/** Regions and company: exactly the sums of their representatives. */
function unitSales(
  organisation: DemoOrganisation,
  months: readonly Month[],
  years: readonly RepresentativeYear[],
): string {
  const regionOf = new Map(organisation.representatives.map((person) => [person.id, person.region]));
  const rows = months.flatMap((month, m) => {
    const sums = new Map(
      [COMPANY, ...organisation.regions.map((region) => region.id)].map((id) => [id, { sold: 0, target: 0 }]),
    );
    for (const year of years)
      for (const id of [COMPANY, regionOf.get(year.id) ?? ""]) {
        const sum = sums.get(id);
        if (!sum) continue;
        sum.sold += year.sold[m] ?? 0;
        sum.target += year.targets[m] ?? 0;
      }
    return [...sums].map(([id, sum]) => [id, "unit", month.id, sum.sold, sum.target]);
  });
  return csv(["unit", "kind", "month", "value:laptops-sold", "target:laptops-sold"], rows);
}

/** Of each location, each region (their mean) and the company: what customers and employees say, a quarter or two ahead of sales. */
function indicators(organisation: DemoOrganisation, months: readonly Month[], seed: number): string {
  const rows: (string | number | null)[][] = [];
  for (const [m, month] of months.entries()) {
    const story = STORY[m];
    if (!story) continue;
    const company: number[][] = [];
    for (const region of organisation.regions) {
      const ofRegion = region.locations.map((location) => {
        const draw = random(seed, "indicators", location, m);
        const character = random(seed, "character", location);
        return [
          within(story.customerRetention + character.around(0, 0.02) + draw.around(0, 0.01), 0.5, 1),
          within(story.nps + character.around(0, 6) + draw.around(0, 3), -100, 100),
          within(story.complaintAgeing * character.around(1, 0.15) * draw.around(1, 0.08), 0.5, 60),
          within(story.attrition * character.around(1, 0.3) + draw.around(0, 0.002), 0, 1),
          within(story.trainingGap * character.around(1, 0.2) + draw.around(0, 0.01), 0, 1),
        ];
      });
      for (const [i, values] of ofRegion.entries()) rows.push(line(region.locations[i] ?? "", month.id, values, null));
      rows.push(line(region.id, month.id, means(ofRegion), null));
      company.push(...ofRegion);
    }
    rows.push(line(COMPANY, month.id, means(company), [story.marketShare.toFixed(4), story.reviewScore.toFixed(2)]));
  }
  return csv(
    [
      "unit",
      "kind",
      "month",
      "value:customer-retention",
      "value:nps",
      "value:complaint-ageing",
      "value:attrition",
      "value:training-gap",
      "value:market-share",
      "value:review-score",
    ],
    rows,
  );
}

const DECIMALS = [4, 0, 1, 4, 4] as const;

const line = (id: string, month: string, values: readonly number[], further: [string, string] | null) => [
  id,
  "unit",
  month,
  ...values.map((value, i) => value.toFixed(DECIMALS[i] ?? 4)),
  ...(further ?? [null, null]),
];

const means = (rows: readonly number[][]) =>
  DECIMALS.map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / Math.max(1, rows.length));

const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
