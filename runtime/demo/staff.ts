import type { Queue, Unit } from "#engine/organisation/model.ts";
import type { People } from "./people.ts";
import { COMPANY, unit } from "./units.ts";

/** Everybody beyond the 5,000 sales people, and the queues they work from. */
export function staff(
  people: People,
  units: Unit[],
  grant: (person: string, role: string, on: string | null) => void,
  regions: readonly { id: string; title: string }[],
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
