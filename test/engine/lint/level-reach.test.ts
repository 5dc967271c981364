import { expect, test } from "vitest";
import type { Escalation } from "#engine/definition/escalation.ts";
import { levelReach } from "#engine/lint/level-reach.ts";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import { documents } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const ladder = (levels: object[], more: object = {}) =>
  documents({ kind: "escalation", schema: 1, id: "ladder", title: "Ladder", subject: "person", levels, ...more });
const manager = { id: "boss", title: "Boss", after: { hours: 0 }, notify: [{ relation: "manager" }] };
const warnings = (levels: object[], organisation = smallOrganisation(), more: object = {}) =>
  levelReach(ladder(levels, more)[0] as Escalation, buildDirectory(organisation), MONDAY).map(({ path, message }) => [
    path,
    message,
  ]);

test("ES7: a level that today resolves to nobody, for everybody or for some, is said before it is published", () => {
  expect(warnings([{ ...manager, notify: [{ role: "data-protection" }] }])).toEqual([
    ["/levels/0/notify", expect.stringContaining('"Boss" reaches nobody today:')],
  ]);
  const some = warnings([manager]);
  expect(some).toEqual([["/levels/0/notify", expect.stringContaining("for Dora Lang, Lone Wolf")]]);
  expect(warnings([{ ...manager, notify: [{ relation: "manager", else: { role: "hr-admin" } }] }])).toEqual([]);
});

test("ES7: a level whose people have no channel is said too, and a fact of a case is not guessed", () => {
  const organisation = smallOrganisation();
  organisation.people.find(({ id }) => id === "hana")!.email = null;
  const partner = { ...manager, notify: [{ role: "hr-admin" }], via: ["email"] };
  expect(warnings([partner], organisation)).toHaveLength(1);
  expect(warnings([{ ...partner, via: ["inbox", "email"] }], organisation)).toEqual([
    ["/levels/0/notify", expect.stringContaining("Hana Kim")],
  ]);
  expect(warnings([{ ...manager, notify: [{ fact: "trigger.assignees" }] }])).toEqual([]);
});

test("ES7: a ladder about units is asked of the units that its levels name", () => {
  const heads = { ...manager, notify: [{ unitRole: "head", level: "region" }] };
  expect(warnings([heads], smallOrganisation(), { subject: "unit" })).toEqual([]);
});

test("ES7: at fire such a level is skipped at once, and who answers for the ladder is told", () => {
  const organisation = smallOrganisation();
  organisation.people.find(({ id }) => id === "mia")!.email = null;
  const levels = [
    { ...manager, via: ["email"] },
    { id: "partner", title: "Partner", after: { days: 5 }, notify: [{ role: "hr-partner" }] },
  ];
  const all = ladder(levels, { fallback: { unitRole: "head", level: "company" } });
  const one = new RunningCase(all, "ladder", smallWorld({}, {}, organisation), MONDAY);
  expect(one.people).toEqual(["hana"]);
  const told = one.outcomes.flatMap(({ messages }) => messages);
  expect(told.map(({ kind, to, title }) => [kind, to, title])).toEqual([
    ["notice", ["dora"], "Skipped: Boss, Ana Ruiz"],
    ["escalation", ["hana"], "Partner: Ana Ruiz"],
  ]);
  one.to(MONDAY + DAY);
  expect(one.people).toEqual(["hana"]);
});
