import type { ImpactView } from "#engine/contract/views/impact.ts";
import { writeDelimited } from "#engine/rules/delimited-text.ts";

/** What a spreadsheet program would run gets an apostrophe before it, which it does not show. */
const guarded = (text: string) => (/^[=+@\t\r]|^-(?![\d.]+$)/.test(text) ? `'${text}` : text);

/** Those who change, a line each, for a spreadsheet. */
export function impactCsv({ people, outcomes, inputs }: ImpactView): string {
  const headings = ["Person", "Name", "Unit", "Before", "After", "Rule before", "Rule after"];
  const lines = people.map((one) => [
    one.id,
    one.name,
    one.unit ?? "",
    outcomes[one.from]!.label,
    outcomes[one.to]!.label,
    one.fromRule ?? "",
    one.toRule ?? "",
    ...one.values.map((value) => (value === null ? "" : typeof value === "string" ? value : JSON.stringify(value))),
  ]);
  const records = [[...headings, ...inputs.map(({ title }) => title)], ...lines];
  return writeDelimited(
    records.map((record) => record.map(guarded)),
    ",",
  );
}
