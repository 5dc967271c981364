import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { Absence, OrganisationData } from "#engine/organisation/model.ts";
import { reachable } from "#engine/organisation/reachable.ts";
import type { PeopleContext } from "#engine/organisation/resolution.ts";
import { resolvePeople } from "#engine/organisation/resolve-people.ts";
import type { PersonRef } from "#engine/words/reference.ts";
import { DATES, firm, grant, organisations, personOf } from "./world.ts";

const MARCH = Date.UTC(2026, 2, 3, 9);
const away = (person: string, delegate: string | null): Absence => ({
  person,
  delegate,
  from: "2026-03-01",
  to: "2026-03-15",
});
const context = (data: OrganisationData, more: Partial<PeopleContext> = {}): PeopleContext => ({
  subject: { kind: "person", id: "ana" },
  at: MARCH,
  directory: buildDirectory(data),
  fact: () => undefined,
  ...more,
});
const resolve = (ref: PersonRef, parts: Partial<OrganisationData> = {}, more: Partial<PeopleContext> = {}) =>
  resolvePeople(ref, context(firm(parts), more));
const without = (...gone: string[]) => ({
  people: firm().people.map((person) => (gone.includes(person.id) ? { ...person, status: "left" as const } : person)),
});

describe("who is meant", () => {
  it.each<[PersonRef, string[], string]>([
    [{ relation: "subject" }, ["ana"], "Ana, the subject"],
    [{ relation: "manager" }, ["max"], "Ana's manager on 3 March 2026"],
    [{ relation: "manager", of: "actor" }, ["cleo"], "Sven's manager on 3 March 2026"],
    [{ relation: "skip-manager" }, ["nora"], "the manager of Ana's manager on 3 March 2026"],
    [{ relation: "matrix-manager" }, ["sven"], "Ana's matrix manager on 3 March 2026"],
    [{ relation: "reports", of: "actor" }, ["tom"], "Sven's direct reports on 3 March 2026"],
    [{ relation: "peers" }, ["ben", "eli"], "those who report to the same manager as Ana on 3 March 2026"],
    [{ role: "hr-partner" }, ["pia"], "hr-partner of team alpha: hr-partner of region north on 3 March 2026"],
    [{ unitRole: "head", level: "region" }, ["nora"], "head of region north on 3 March 2026"],
    [{ unitRole: "head" }, ["max"], "head of team alpha on 3 March 2026"],
    [{ queue: "care" }, ["ben", "tom"], "the queue Customer care"],
    [
      { metric: "owner" },
      ["pia"],
      "the metric's owner: hr-partner of team alpha: hr-partner of region north on 3 March 2026",
    ],
    [{ fact: "case.peers" }, ["ben", "tom"], "whoever is named in peers"],
    [{ fact: "case.approver" }, ["cleo"], "whoever is named in approver"],
    [
      { relation: "peers", except: [{ fact: "case.peers" }] },
      ["eli"],
      "those who report to the same manager as Ana on 3 March 2026",
    ],
  ])("%j", (ref, people, because) => {
    const facts: Record<string, unknown> = { "case.peers": ["ben", "tom", 7], "case.approver": "cleo" };
    const found = resolve(ref, {}, { actor: "sven", metricOwner: { role: "hr-partner" }, fact: (name) => facts[name] });
    expect(found.people).toEqual(people);
    expect(found.because).toBe(because);
  });

  it("ES3: the manager is the one at the moment of firing, on the subject's own date", () => {
    const eli = { subject: { kind: "person" as const, id: "eli" } };
    const at = (instant: number) => resolve({ relation: "manager" }, {}, { ...eli, at: instant }).people;
    expect(at(Date.UTC(2026, 4, 31, 12))).toEqual(["max"]);
    expect(at(Date.UTC(2026, 5, 1, 12))).toEqual(["sven"]);
    // 22:30 UTC on 31 May is already 1 June in Berlin, where Eli's last known unit is.
    expect(at(Date.UTC(2026, 4, 31, 22, 30))).toEqual(["sven"]);
  });

  it("scopes a role by the unit of a record, a unit or a metric's breach", () => {
    const of = (subject: PeopleContext["subject"]) => resolve({ role: "hr-partner" }, {}, { subject }).people;
    expect(of({ kind: "unit", id: "south" })).toEqual(["quinn"]);
    expect(of({ kind: "metric", id: "sales", unit: "alpha" })).toEqual(["pia"]);
    expect(of({ kind: "record", id: "c-1", about: "ben" })).toEqual(["pia"]);
    expect(of({ kind: "record", id: "c-2" })).toEqual(["quinn"]);
  });

  it("RC10: nobody found is an empty list with the reason, and else answers for it", () => {
    const boss = { subject: { kind: "person" as const, id: "cleo" } };
    expect(resolve({ relation: "manager" }, {}, boss)).toMatchObject({
      people: [],
      because: "Cleo's manager on 3 March 2026",
    });
    expect(resolve({ relation: "manager", else: { role: "hr-partner" } }, {}, boss)).toMatchObject({
      people: ["quinn"],
      because:
        "hr-partner of company firm: hr-partner everywhere on 3 March 2026 (there is nobody as Cleo's manager on 3 March 2026)",
    });
    for (const ref of [
      { role: "hr-admin" },
      { queue: "none" },
      { metric: "steward" },
      { fact: "case.none" },
    ] as PersonRef[]) {
      expect(resolve(ref).people).toEqual([]);
    }
    const unit = resolve({ relation: "manager" }, {}, { subject: { kind: "unit", id: "alpha" } });
    expect(unit.because).toBe("the subject's manager: the case is about a unit, not a person");
  });

  it("never finds who has left or is not known, and says so", () => {
    expect(resolve({ relation: "manager" }, without("max"))).toMatchObject({
      people: [],
      skipped: [{ person: "max", why: "has left" }],
    });
    expect(resolve({ role: "hr-partner" }, without("pia")).people).toEqual(["quinn"]);
    expect(resolve({ fact: "case.x" }, {}, { fact: () => ["ana", "zoe"] })).toMatchObject({
      people: ["ana"],
      skipped: [{ person: "zoe", why: "is not a known person" }],
    });
  });

  it("ES12: who is shut out is passed over and the line goes on above", () => {
    const shutOut = new Map([
      ["max", "is the subject of the case"],
      ["pia", "is in conflict"],
    ]);
    expect(resolve({ relation: "manager" }, {}, { shutOut })).toMatchObject({
      people: ["nora"],
      skipped: [{ person: "max", why: "is the subject of the case" }],
    });
    expect(resolve({ role: "hr-partner" }, {}, { shutOut }).people).toEqual(["quinn"]);
    expect(resolve({ unitRole: "head", level: "team" }, {}, { shutOut }).people).toEqual(["nora"]);
    expect(resolve({ relation: "manager", except: [{ relation: "manager" }] }, {}, { shutOut }).people).toEqual([
      "nora",
    ]);
  });

  it("takes exceptions out of what else finds, too", () => {
    const found = resolve({
      relation: "manager",
      except: [{ relation: "manager" }],
      else: { unitRole: "head", level: "team" },
    });
    expect(found.people).toEqual([]);
    expect(found.skipped.map(({ why }) => why)).toEqual(Array(2).fill("is excepted (Ana's manager on 3 March 2026)"));
  });
});

describe("absence", () => {
  it("ES6: A on leave, B on leave: C acts, on behalf of A", () => {
    const found = resolve({ relation: "manager" }, { absences: [away("max", "ben"), away("ben", "tom")] });
    expect(found.people).toEqual(["tom"]);
    expect(found.onBehalf).toEqual([
      { person: "tom", of: "max", because: "Tom acts on behalf of Max, who is away until 2026-03-15" },
    ]);
    expect(found.because).toBe(
      "Ana's manager on 3 March 2026; Tom acts on behalf of Max, who is away until 2026-03-15",
    );
  });

  it("ES6: A for B for A falls to A's manager, even where B is that manager", () => {
    const found = resolve({ relation: "manager" }, { absences: [away("max", "ben"), away("ben", "max")] });
    expect(found.people).toEqual(["nora"]);
    expect(found.because).toContain(
      "Nora acts on behalf of Max, who is away until 2026-03-15 without a delegate who can act",
    );
    const boss = resolve({ relation: "manager" }, { absences: [away("max", "nora"), away("nora", "max")] });
    expect(boss.people).toEqual(["cleo"]);
  });

  it("a delegate who may not act, or has left, is no delegate", () => {
    const shutOut = new Map([["ben", "is in conflict"]]);
    expect(resolve({ relation: "manager" }, { absences: [away("max", "ben")] }, { shutOut }).people).toEqual(["nora"]);
    expect(resolve({ relation: "manager" }, { absences: [away("max", "ben")], ...without("ben") }).people).toEqual([
      "nora",
    ]);
  });

  it("who named nobody keeps it during an absence, and loses it to the manager on open-ended leave", () => {
    expect(resolve({ relation: "manager" }, { absences: [away("max", null)] }).people).toEqual(["max"]);
    const people = firm().people.map((person) =>
      person.id === "max" ? { ...person, status: "leave" as const } : person,
    );
    expect(resolve({ relation: "manager" }, { people }).people).toEqual(["nora"]);
  });

  it("nobody answers for the subject, a peer or a rater", () => {
    const absences = [away("ana", "tom"), away("ben", "tom")];
    expect(resolve({ relation: "subject" }, { absences }).people).toEqual(["ana"]);
    expect(resolve({ relation: "peers" }, { absences }).people).toEqual(["ben", "eli"]);
    expect(resolve({ fact: "case.raters" }, { absences }, { fact: () => ["ben"] }).people).toEqual(["ben"]);
  });

  it("a queue leaves out who is away while somebody is there", () => {
    expect(resolve({ queue: "care" }, { absences: [away("ben", "ana")] })).toMatchObject({
      people: ["tom"],
      skipped: [{ person: "ben", why: "is away" }],
    });
    expect(resolve({ queue: "care" }, { absences: [away("ben", "ana"), away("tom", "ana")] }).people).toEqual(["ana"]);
  });

  it("never finds somebody who has left or is shut out, whatever the organisation", () => {
    const refs: PersonRef[] = [
      { relation: "manager", else: { role: "head" } },
      { relation: "skip-manager", else: { relation: "peers" } },
      { role: "hr-partner", else: { unitRole: "head", level: "region" } },
    ];
    fc.assert(
      fc.property(organisations, fc.constantFrom(...DATES), fc.constantFrom(...refs), (data, date, ref) => {
        const shutOut = new Map([["p1", "is in conflict"]]);
        const subject = { kind: "person" as const, id: "p0" };
        const found = resolvePeople(ref, context(data, { subject, at: Date.parse(`${date}T12:00Z`), shutOut }));
        const left = data.people.filter(({ status }) => status === "left").map(({ id }) => id);
        for (const person of found.people) expect([...left, "p1"]).not.toContain(person);
        expect(new Set(found.people).size).toBe(found.people.length);
        expect(found.because).not.toBe("");
      }),
      { numRuns: 300 },
    );
  });
});

describe("reachability", () => {
  it("ES7: names what is missing", () => {
    const directory = buildDirectory(
      firm({ people: [personOf("ana", { email: null }), personOf("ben", { status: "left" })] }),
    );
    expect(reachable("ana", "inbox", "2026-03-03", directory)).toEqual({ reachable: true });
    expect(reachable("ana", "email", "2026-03-03", directory)).toEqual({
      reachable: false,
      why: "Ana has no e-mail address",
    });
    expect(reachable("ben", "inbox", "2026-03-03", directory)).toEqual({ reachable: false, why: "Ben has left" });
    expect(reachable("zoe", "inbox", "2026-03-03", directory)).toEqual({
      reachable: false,
      why: "there is no person zoe",
    });
  });

  it("a grant that has ended no longer counts", () => {
    const grants = [grant("pia", "hr-partner", "north", { validTo: "2026-03-03" }), grant("quinn", "hr-partner", null)];
    expect(resolve({ role: "hr-partner" }, { grants }).people).toEqual(["quinn"]);
  });
});
