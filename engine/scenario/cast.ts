import type { Calendar } from "../definition/calendar.ts";
import type { Company } from "../definition/company.ts";
import type { OrganisationData } from "../organisation/model.ts";
import { companyData } from "./company-data.ts";

/** Who works where, under whom, as what. */
const STAFF = [
  ["ana", "Ana Ruiz", "sales", "team-1", "mia"],
  ["ben", "Ben Okafor", "sales", "team-1", "mia"],
  ["mia", "Mia Stein", "manager", "team-1", "rolf"],
  ["rolf", "Rolf Adler", "head", "south", "dora"],
  ["dora", "Dora Lang", "chief", "company", undefined],
  ["hana", "Hana Kim", "hr", "company", "dora"],
  ["lone", "Lone Wolf", "sales", "company", undefined],
  ["cara", "Cara Lind", "care", "care", "dora"],
  ["tom", "Tom Berg", "care", "care", "dora"],
  ["pia", "Pia Novak", "manager", "team-2", "rolf"],
  ["dan", "Dan Osei", "sales", "team-2", "pia"],
  ["eva", "Eva Lindt", "sales", "team-2", "pia"],
  ["finn", "Finn Berg", "sales", "team-2", "pia"],
  ["gus", "Gus Amaro", "sales", "team-2", "pia"],
  ["lena", "Lena Roth", "legal", "company", "dora"],
  ["sven", "Sven Holm", "data", "company", "dora"],
] as const;

const places = Array.from({ length: 50 }, (_, at) => ({
  id: `place-${String(at + 1).padStart(2, "0")}`,
  title: `Place ${at + 1}`,
  level: "location",
  parent: "south",
}));

/** The made-up company in which stories play that name no other: two teams in a region, customer care, 50 places. */
export const CAST: Company = {
  timeZone: "Europe/Berlin",
  calendar: "office",
  currency: "EUR",
  units: [
    { id: "company", title: "Company", level: "company" },
    { id: "south", title: "South", level: "region", parent: "company" },
    { id: "team-1", title: "Team 1", level: "team", parent: "south" },
    { id: "care", title: "Customer care", level: "department", parent: "company" },
    { id: "team-2", title: "Team 2", level: "team", parent: "south" },
    ...places,
  ],
  people: STAFF.map(([id, name, role]) => ({ id, name, role, hireDate: "2024-01-08", salaryMinor: 6_000_000 })),
  works: STAFF.map(([person, , , unit, manager]) => ({ person, unit, ...(manager ? { manager } : {}) })),
  roles: [
    { person: "mia", role: "head", unit: "team-1" },
    { person: "rolf", role: "head", unit: "south" },
    { person: "dora", role: "head", unit: "company" },
    { person: "hana", role: "hr-partner", unit: "south" },
    { person: "hana", role: "hr-admin" },
    { person: "cara", role: "customer-care" },
    { person: "pia", role: "head", unit: "team-2" },
    { person: "lena", role: "legal" },
    { person: "sven", role: "sales-steward" },
  ],
  queues: [
    { id: "technical-assistance", title: "Technical assistance", members: ["tom"] },
    { id: "customer-care", title: "Customer care", members: ["cara"] },
  ],
};

/** The same as an organisation. */
export const castData: OrganisationData = companyData(CAST);

/** Monday to Friday from nine to five, without holidays: what a story counts by whose company has no calendar here. */
export function plainCalendar(id: string, timeZone: string): Calendar {
  const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00", "17:00"]]));
  const resolved = { years: { from: 2000, to: 2100 }, source: "no holidays", dates: [] };
  return { kind: "calendar", schema: 1, id, title: "Monday to Friday", timeZone, week, resolved } as Calendar;
}
