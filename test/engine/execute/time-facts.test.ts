import { describe, expect, it } from "vitest";
import { timeFact } from "#engine/execute/time-facts.ts";
import { compileRules } from "#engine/rules/compile.ts";
import { conditionInWords } from "#engine/rules/condition-words.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { parseSentence } from "#engine/rules/parse-sentence.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import { zone } from "#engine/time/zone.ts";
import type { Json } from "#engine/words/json.ts";
import { bavaria } from "../time/calendars.ts";

const calendars = calendarSet([bavaria], bavaria.id);
const facts: Record<string, unknown> = {
  "complaint.complainedAt": Date.UTC(2026, 3, 2, 8),
  "case.closedOn": "2026-04-10",
};
const now = Date.UTC(2026, 3, 6, 22, 30);
const read: FactReader = (fact, params) =>
  fact.startsWith("time.")
    ? timeFact(fact, params ?? {}, {
        now,
        place: { zone: zone("Europe/Berlin"), calendar: calendars.default },
        world: { calendars },
        read,
      })
    : facts[fact];
const between = (to: string): FactUse => ({ fact: "time.workingDays", params: { from: "complaint.complainedAt", to } });
const due: FactUse = { fact: "time.workingDay", params: { from: "complaint.complainedAt", days: 5 } };

describe("facts about time", () => {
  it("count working days by the calendar of the place, and know the date there", () => {
    // It is 00:30 on Tuesday 7 April in Munich; Good Friday and Easter Monday lie between.
    expect(read("time.today")).toBe("2026-04-07");
    expect(read("time.workingDays", between("time.today").params)).toBe(1);
    expect(read("time.workingDays", between("case.closedOn").params)).toBe(4);
    expect(read("time.workingDay", due.params)).toBe("2026-04-13");
    expect(read("time.workingDays", { from: "case.nowhere", to: "time.today" })).toBeUndefined();
    expect(read("time.workingDays", { from: "2020-01-01", to: "time.today" })).toBeUndefined();
    expect(read("time.workingDay", { from: "2026-01-01", days: 1e9 })).toBeUndefined();
  });

  it("say within how many working days, in one way for both evaluators and for sentences", async () => {
    const within = {
      all: [
        { ...between("case.closedOn"), operator: "lessThanInclusive", value: 5 },
        { fact: "case.closedOn", operator: "dateOnOrBefore", value: due },
      ],
    };
    const rules = [{ conditions: within, event: { type: "in-time" } }];
    expect(compileRuleset({ rules: rules as never }).decide(read).outcome).toBe("in-time");
    const given = {
      ...facts,
      "time.workingDays": (params: Record<string, Json>) => read("time.workingDays", params),
      "time.workingDay": (params: Record<string, Json>) => read("time.workingDay", params),
    };
    expect(compileRules(rules)(given).results[0]?.result).toBe(true);
    expect((await evaluateRules(rules, given)).results[0]?.result).toBe(true);
    const words = conditionInWords(within);
    expect(words).toBe(
      "working days from complaint complained at to closed on is at most 5 and closed on is on or before 5 working days after complaint complained at",
    );
    const parsed = parseSentence(words, { uses: [between("case.closedOn"), due, { fact: "case.closedOn" }] });
    expect(parsed).toEqual({ ok: true, conditions: within });
  });
});
