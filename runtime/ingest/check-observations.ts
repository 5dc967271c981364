import { setImmediate as breathe } from "node:timers/promises";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { parsePeriod } from "#engine/time/period.ts";
import { didYouMean } from "#engine/words/closest.ts";
import type { Observation, ObservationState, SubjectKind } from "../store/observations-write.ts";
import { type CheckContext, type Checked, counted, listed, nothingChecked, SLICE } from "./checked.ts";
import { type MappedRow, type Mapping, mappedFields } from "./mapping.ts";
import { readDate, readDecimal, readWord, short } from "./values.ts";

/** What makes two observations the same one. */
export function observationKey(o: Observation): string {
  return `${o.metric}\u0000${o.subjectKind}\u0000${o.subject}\u0000${o.periodFrom}\u0000${o.periodTo ?? ""}`;
}

const GRAINS = { day: 0, week: 0, month: 1, quarter: 3, half: 6, year: 12 } as const;
type Grain = keyof typeof GRAINS;

/**
 * Checks a file of metric values: one a row (`metric`, `value`, `target`), or one column a metric (`value:sales-ytd`).
 * A period is given by name (`2026-03`), by its dates, or by its first day and a grain. A text in a number's place, an
 * unknown person, a period that ends before it starts, and two values for one period are refused by row.
 *
 * @param stored the current observations of the metrics in the file, by `observationKey`
 */
export async function checkObservations(
  rows: readonly MappedRow[],
  mapping: Mapping,
  known: OrganisationData,
  stored: ReadonlyMap<string, Observation>,
  context: CheckContext,
): Promise<Checked> {
  const checked = nothingChecked();
  const subjects: Record<SubjectKind, ReadonlySet<string>> = {
    person: new Set(known.people.map((person) => person.id)),
    unit: new Set(known.units.map((unit) => unit.id)),
    organisation: new Set(["organisation"]),
  };
  const wide = [...mappedFields(mapping)].flatMap((target) => {
    const match = /^(value|target):(.+)$/.exec(target);
    return match?.[1] && match[2] ? [{ field: target, part: match[1] as "value" | "target", metric: match[2] }] : [];
  });
  const found = new Map<string, { row: number; observation: Observation }[]>();
  for (const [i, row] of rows.entries()) {
    if (i % SLICE === SLICE - 1) await breathe();
    for (const observation of read(row)) {
      const key = observationKey(observation);
      const list = found.get(key);
      if (list) list.push({ row: row.row, observation });
      else found.set(key, [{ row: row.row, observation }]);
    }
  }
  let unchanged = 0;
  let seen = 0;
  for (const [key, list] of found) {
    if (++seen % SLICE === 0) await breathe();
    const [first] = list;
    if (!first) continue;
    if (list.length > 1) {
      refuseDuplicates(list);
      continue;
    }
    const old = stored.get(key);
    const now = first.observation;
    if (old && old.value === now.value && old.target === now.target && old.state === now.state) {
      unchanged++;
      continue;
    }
    checked.writes.push({
      table: "observations",
      keys: old ? [[now.subject, now.metric, now.subjectKind, now.periodFrom, now.periodTo]] : [],
      rows: [
        [now.metric, now.subjectKind, now.subject, now.periodFrom, now.periodTo, now.value, now.target, now.state],
      ],
    });
    checked.changes.push({
      row: first.row,
      id: now.subject,
      what: old ? "changed" : "added",
      words: `${now.metric} of ${now.subject} from ${now.periodFrom}: ${old ? `${amounts(old)} → ${amounts(now)}` : amounts(now)}.`,
      fields: old ? differences(old, now) : {},
    });
  }
  return counted(checked, unchanged);

  function read({ row, values }: MappedRow): Observation[] {
    let good = true;
    const refuse = (code: string, field: string, message: string): void => {
      good = false;
      checked.refused.push({ row, code, field, message });
    };
    const subjectKind = word(
      values.subjectKind,
      ["person", "unit", "organisation"] as const,
      "person",
      "subjectKind",
      refuse,
    );
    const state = word<ObservationState>(values.state, ["provisional", "adjusted", "final"], "final", "state", refuse);
    const subject = values.subject ?? "";
    if (!subjects[subjectKind].has(subject))
      refuse(
        `unknown-${subjectKind}`,
        "subject",
        `The ${subjectKind} ${short(subject) || "(blank)"} is not known: import ${subjectKind === "unit" ? "units" : "people"} first.`,
      );
    const period = periodOf(values, mapping, refuse);
    const parts =
      wide.length > 0
        ? wide
        : [
            { field: "value", part: "value" as const, metric: values.metric ?? "" },
            { field: "target", part: "target" as const, metric: values.metric ?? "" },
          ];
    const byMetric = new Map<string, Observation>();
    for (const { field, part, metric } of parts) {
      const text = values[field] ?? "";
      if (text === "") continue;
      const number = readDecimal(text, mapping.decimalComma);
      if (!number.ok) {
        refuse("bad-number", field, `${field}: ${number.reason}.`);
        continue;
      }
      if (metric === "" || (context.metrics && !context.metrics.has(metric))) {
        refuse(
          "unknown-metric",
          "metric",
          metric === "" ? "The row names no metric." : unknownMetric(metric, context.metrics ?? new Set()),
        );
        continue;
      }
      const observation = byMetric.get(metric) ?? {
        metric,
        subjectKind,
        subject,
        periodFrom: period?.from ?? "",
        periodTo: period?.to ?? null,
        value: null,
        target: null,
        state,
      };
      observation[part] = number.value;
      byMetric.set(metric, observation);
    }
    if (good && byMetric.size === 0) refuse("no-value", "value", "The row has neither a value nor a target.");
    return good && period ? [...byMetric.values()] : [];
  }

  function refuseDuplicates(list: { row: number; observation: Observation }[]): void {
    const o = list[0]?.observation;
    for (const { row } of list)
      checked.refused.push({
        row,
        code: "duplicate-observation",
        field: "subject",
        message: `Rows ${listed(list.map((other) => other.row))} all give ${o?.metric} of ${o?.subject} from ${o?.periodFrom}: keep one.`,
      });
  }
}

function unknownMetric(id: string, metrics: ReadonlySet<string>): string {
  const hint = didYouMean(id, metrics);
  return `There is no metric "${short(id)}".${hint ? ` ${hint}` : ""}`;
}

type Refuse = (code: string, field: string, message: string) => void;

function word<T extends string>(
  text: string | undefined,
  words: readonly T[],
  fallback: T,
  field: string,
  refuse: Refuse,
): T {
  if (!text) return fallback;
  const read = readWord(text, words);
  if (read.ok) return read.value;
  refuse("bad-word", field, `${field}: ${read.reason}.`);
  return fallback;
}

/** The period that a row names, `[from, to)`, with an open end null. */
function periodOf(
  values: Record<string, string>,
  mapping: Mapping,
  refuse: Refuse,
): { from: string; to: string | null } | undefined {
  if (values.period) {
    const period = parsePeriod(values.period);
    if (!period)
      refuse(
        "bad-period",
        "period",
        `period: "${short(values.period)}" is not a period; write 2026-03, 2026-Q1 or 2026.`,
      );
    return period;
  }
  const from = readDate(values.from ?? "", mapping.dateOrder);
  if (!from.ok || from.value === null) {
    refuse("bad-date", "from", `from: ${from.ok ? "a period needs a start" : from.reason}.`);
    return undefined;
  }
  if (values.grain) {
    const grain = word<Grain>(values.grain, Object.keys(GRAINS) as Grain[], "month", "grain", refuse);
    const day = dayOfDate(from.value);
    return {
      from: from.value,
      to: dateOfDay(grain === "day" ? day + 1 : grain === "week" ? day + 7 : addMonths(day, GRAINS[grain])),
    };
  }
  if (!values.to) return { from: from.value, to: null };
  const to = readDate(values.to, mapping.dateOrder);
  if (!to.ok) {
    refuse("bad-date", "to", `to: ${to.reason}.`);
    return undefined;
  }
  if (to.value !== null && to.value < from.value)
    refuse("end-before-start", "to", `The period ends on ${to.value}, before it starts on ${from.value}.`);
  if (to.value === from.value)
    refuse("empty-period", "to", `The period starts and ends on ${from.value}: it holds no day.`);
  return { from: from.value, to: to.value };
}

const amounts = (o: Observation) =>
  [o.value, o.target === null ? null : `target ${o.target}`].filter((part) => part !== null).join(", ");

function differences(old: Observation, now: Observation) {
  return Object.fromEntries(
    (["value", "target", "state"] as const).flatMap((key) =>
      old[key] === now[key] ? [] : [[key, { before: old[key], after: now[key] }]],
    ),
  );
}
