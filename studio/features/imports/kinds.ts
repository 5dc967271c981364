import type { ImportKind } from "#engine/contract/views/organisation.ts";

/** What a file may hold, as the screen says it. */
export const KINDS: { value: ImportKind; label: string; what: string }[] = [
  { value: "people", label: "People", what: "People, with their unit and manager" },
  { value: "units", label: "Units", what: "Units: companies, regions, teams, locations" },
  { value: "assignments", label: "Assignments", what: "Assignments: who is where under whom, by date" },
  { value: "observations", label: "Results", what: "Results of metrics" },
  { value: "records", label: "Records", what: "Records: complaints, deals, thank-you notes" },
];
