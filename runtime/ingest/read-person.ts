import { minorDigits } from "#engine/incentive/currency.ts";
import type { Person } from "#engine/organisation/model.ts";
import { isZone } from "#engine/time/zone.ts";
import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";
import type { Refusal } from "./checked.ts";
import type { MappedRow, Mapping } from "./mapping.ts";
import { type Read, readBoolean, readDate, readDecimal, readWord, short } from "./values.ts";

/** A row of a people file, read: the profile values it states, and the line it draws. */
export interface PersonRow {
  row: number;
  id: string;
  /** By what other rows refer to this row as a manager. */
  rowKey: string;
  /** Only what the file states: fields that no column is mapped to are absent and stay as they are. */
  profile: Partial<Omit<Person, "id" | "fields">>;
  fields: Record<string, Json>;
  /** Text of the file; absent where not mapped. */
  unit?: string;
  manager?: string;
  from: string | null;
  to: string | null;
}

const STATUS_WORDS: Record<string, Person["status"]> = {
  current: "active",
  employed: "active",
  working: "active",
  "1": "active",
  a: "active",
  "on leave": "leave",
  absent: "leave",
  parental: "leave",
  ended: "left",
  terminated: "left",
  inactive: "left",
  former: "left",
  resigned: "left",
  retired: "left",
  "0": "left",
};

/** Reads a row; what is wrong with it comes back as refusals, all of them, and then there is no person. */
export function readPerson(
  { row, values }: MappedRow,
  mapped: ReadonlySet<string>,
  mapping: Mapping,
  currency: string,
): { person: PersonRow } | { refused: Refusal[] } {
  const refused: Refusal[] = [];
  const refuse = (field: string, code: string, message: string) => refused.push({ row, code, field, message });
  const read = <T>(field: string, code: string, result: Read<T>): T | undefined => {
    if (result.ok) return result.value;
    refuse(field, code, `${field}: ${result.reason}.`);
    return undefined;
  };
  const text = (field: string) => values[field] ?? "";
  const date = (field: string) =>
    text(field) === "" ? null : (read(field, "bad-date", readDate(text(field), mapping.dateOrder)) ?? null);
  const id = text("id");
  if (id === "") refuse("id", "missing-id", "The row has no person id.");
  else if (id.length > 100 || hasControl(id))
    refuse("id", "bad-id", `The id "${short(id)}" is too long or holds control characters.`);

  const profile: PersonRow["profile"] = {};
  const name = mapped.has("name") ? text("name") : [text("firstName"), text("lastName")].filter(Boolean).join(" ");
  if (mapped.has("name") || mapped.has("firstName") || mapped.has("lastName")) {
    if (name === "") refuse("name", "missing-name", `Person ${short(id)} has no name.`);
    profile.name = name;
  }
  for (const field of ["title", "role", "grade", "calendar"] as const)
    if (mapped.has(field)) profile[field] = text(field) || null;
  if (mapped.has("email")) {
    profile.email = text("email") || null;
    if (profile.email && !/^[^\s@]+@[^\s@]+$/.test(profile.email))
      refuse("email", "bad-email", `email: "${short(profile.email)}" is not an address.`);
  }
  if (mapped.has("timeZone")) {
    profile.timeZone = text("timeZone") || null;
    if (profile.timeZone && !isZone(profile.timeZone))
      refuse(
        "timeZone",
        "bad-time-zone",
        `timeZone: "${short(profile.timeZone)}" is not a time zone; write Europe/Berlin.`,
      );
  }
  if (mapped.has("hireDate")) profile.hireDate = date("hireDate");
  if (mapped.has("endDate")) profile.endDate = date("endDate");
  if (profile.hireDate && profile.endDate && profile.endDate < profile.hireDate)
    refuse(
      "endDate",
      "end-before-start",
      `The end date ${profile.endDate} is before the hire date ${profile.hireDate}.`,
    );
  readStatus();
  readPay();
  const from = date("from");
  const to = date("to");
  if (from && to && to < from) refuse("to", "end-before-start", `The line ends on ${to}, before it starts on ${from}.`);
  const fields = readFields();
  if (refused.length > 0) return { refused };
  return {
    person: {
      row,
      id,
      rowKey: text("rowKey") || id,
      profile,
      fields,
      ...(mapped.has("unit") ? { unit: text("unit") } : {}),
      ...(mapped.has("manager") ? { manager: text("manager") } : {}),
      from,
      to,
    },
  };

  function readStatus(): void {
    if (mapped.has("status")) {
      // Blank says nothing: somebody new is then active, or gone where an end date has passed.
      const known =
        text("status") === ""
          ? undefined
          : read(
              "status",
              "unknown-status",
              readWord<Person["status"]>(text("status"), ["active", "leave", "left"], STATUS_WORDS),
            );
      if (known) profile.status = known;
    }
    if (mapped.has("hasLeft") && text("hasLeft") !== "") {
      const left = read("hasLeft", "unknown-status", readBoolean(text("hasLeft")));
      if (left !== undefined) profile.status = left ? "left" : (profile.status ?? "active");
    }
  }

  function readPay(): void {
    if (mapped.has("currency")) {
      profile.currency = text("currency").toUpperCase() || null;
      if (profile.currency && !/^[A-Z]{3}$/.test(profile.currency))
        refuse("currency", "bad-currency", `currency: "${short(text("currency"))}" is not a three-letter code.`);
    }
    for (const [field, times] of [
      ["salary", 1],
      ["monthlySalary", 12],
    ] as const) {
      if (!mapped.has(field)) continue;
      const amount =
        text(field) === "" ? undefined : read(field, "bad-number", readDecimal(text(field), mapping.decimalComma));
      const minor =
        amount === undefined
          ? undefined
          : new Decimal(amount)
              .times(times)
              .times(new Decimal(10).pow(minorDigits(profile.currency ?? currency)))
              .round();
      if (minor?.isNegative()) refuse(field, "negative-pay", `${field}: ${amount} is below zero.`);
      profile.salaryMinor = minor?.toNumber() ?? null;
      profile.currency ??= currency;
    }
    if (mapped.has("fte") && text("fte") !== "") {
      const fte = read("fte", "bad-number", readDecimal(text("fte"), mapping.decimalComma));
      if (fte !== undefined && (Number(fte) <= 0 || Number(fte) > 2))
        refuse("fte", "bad-fte", `fte: ${fte} is not a share between 0 and 2.`);
      if (fte !== undefined) profile.fte = fte;
    }
  }

  function readFields(): Record<string, Json> {
    const found: Record<string, Json> = {};
    if (text("fields") !== "") {
      const parsed = parseObject(text("fields"));
      if (parsed === undefined)
        refuse("fields", "bad-json", `fields: "${short(text("fields"))}" is not a JSON object.`);
      else Object.assign(found, parsed);
    }
    for (const [field, value] of Object.entries(values)) {
      if (!field.startsWith("fields.") || value === "") continue;
      const number = readDecimal(value, mapping.decimalComma);
      const plain = number.ok && number.value.length <= 15 && String(Number(number.value)) === number.value;
      found[field.slice("fields.".length)] = plain ? Number(number.value) : value;
    }
    return found;
  }
}

/** A JSON object without the keys that reach an object's prototype. */
function parseObject(text: string): Record<string, Json> | undefined {
  try {
    const value = JSON.parse(text, (key, member: unknown) =>
      ["__proto__", "constructor", "prototype"].includes(key) ? undefined : member,
    ) as unknown;
    return value !== null && typeof value === "object" && !Array.isArray(value)
      ? (value as Record<string, Json>)
      : undefined;
  } catch {
    return undefined;
  }
}

function hasControl(text: string): boolean {
  for (const char of text) if ((char.codePointAt(0) ?? 0) < 32) return true;
  return false;
}
