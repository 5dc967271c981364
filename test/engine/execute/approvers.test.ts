import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const access = (of: object[]) =>
  documents({
    kind: "workflow",
    schema: 1,
    id: "access",
    title: "Access request",
    subject: "person",
    start: "approve",
    steps: {
      approve: {
        kind: "approval",
        title: "Three approvals",
        each: { of, as: "approver", distinct: true, except: [{ relation: "subject" }] },
        outcomes: ["approved", "refused"],
        join: [
          { count: "refused", atLeast: 1, emit: "refused" },
          { count: "approved", atLeast: "all", emit: "approved" },
        ],
        deadline: { after: { days: 5 } },
        on: { approved: "granted", refused: "denied", due: "expired" },
      },
      granted: end("granted"),
      denied: end("denied"),
      expired: end("expired"),
    },
  });
const THREE = [{ relation: "manager" }, { role: "hr-partner" }, { unitRole: "head", level: "region" }];
const run = (of = THREE, organisation = smallOrganisation()) =>
  new RunningCase(access(of), "access", smallWorld({}, {}, organisation), MONDAY);
const say = (one: RunningCase, person: string, outcome: string) => {
  const task = Object.values(one.state.tasks).find(({ member }) => member === person);
  return one.send({ type: "complete", task: task!.id, outcome, by: person });
};
const replays = (one: RunningCase) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));

test("three different approvers are asked, one refusal is a veto, and what nobody answers expires", () => {
  const granted = run();
  expect(granted.people).toEqual(["hana", "mia", "rolf"]);
  for (const person of ["mia", "hana", "rolf"]) say(granted, person, "approved");
  expect(granted.state).toMatchObject({ status: "closed", outcome: "granted" });
  const vetoed = run();
  say(vetoed, "mia", "approved");
  say(vetoed, "hana", "refused");
  expect(vetoed.state).toMatchObject({ status: "closed", outcome: "denied", tasks: {}, timers: {} });
  const expired = run();
  say(expired, "mia", "approved");
  expired.to(MONDAY + 6 * DAY);
  expect(expired.state).toMatchObject({ status: "closed", outcome: "expired" });
  for (const one of [granted, vetoed, expired]) replays(one);
});

test("one person in two offices does not count twice: another holder is asked, and where there is none the step blocks", () => {
  const organisation = smallOrganisation();
  organisation.grants.push({ ...organisation.grants[0]!, person: "mia", role: "data-owner", unit: null });
  const both = [{ relation: "manager" }, { role: "data-owner" }];
  const blocked = run(both, organisation);
  expect(blocked.people).toEqual([]);
  expect(blocked.state).toMatchObject({ status: "blocked", blocks: [{ step: "approve", code: "no-actor" }] });
  expect(blocked.state.blocks[0]!.message).toContain("nobody else");
  replays(blocked);
  organisation.grants.push({ ...organisation.grants[0]!, person: "dora", role: "data-owner", unit: null });
  blocked.world = { ...blocked.world, ...smallWorld({}, {}, organisation) };
  blocked.send({ type: "retry", reason: "Dora owns the data too", by: "hana" });
  expect(blocked.people).toEqual(["dora", "mia"]);
  expect(blocked.state.status).toBe("open");
  replays(blocked);
});

test("RC10: an office that nobody holds blocks the whole step visibly and by name, although the others were found", () => {
  const one = run([...THREE, { role: "data-protection" }]);
  expect(one.people).toEqual([]);
  expect(one.state.blocks).toMatchObject([{ step: "approve", code: "no-actor" }]);
  expect(one.state.blocks[0]!.message).toMatch(/data.protection/i);
  replays(one);
});

test("FB2: a rater who declines asks for a replacement, at most twice, and nobody is asked again who declined", () => {
  const documentsOf = documents(
    reviewForm,
    {
      kind: "workflow",
      schema: 1,
      id: "rate",
      title: "One rater",
      subject: "person",
      data: { rater: { type: "person" }, declined: { type: "people" } },
      start: "rate",
      steps: {
        rate: {
          kind: "form",
          title: "Rate",
          form: "review",
          actor: { fact: "case.rater" },
          outcomes: ["submitted", "declined"],
          on: { submitted: "done", declined: "replace" },
        },
        replace: {
          kind: "form",
          title: "Name somebody else",
          form: "replacement",
          actor: { relation: "subject" },
          on: {
            submitted: { to: "rate", maxVisits: 2, set: { rater: { fact: "step.replace.who" } } },
          },
        },
        done: end("submitted"),
      },
    },
    {
      kind: "form",
      schema: 1,
      id: "replacement",
      title: "Replacement",
      sections: [
        {
          id: "main",
          title: "Main",
          questions: [
            {
              id: "who",
              type: "person",
              title: "Who instead?",
              required: true,
              except: [{ relation: "subject" }, { relation: "manager" }, { fact: "case.rater" }],
            },
          ],
        },
      ],
    },
  );
  const one = new RunningCase(documentsOf, "rate", smallWorld(), MONDAY, { data: { rater: "ben" } });
  expect(one.people).toEqual(["ben"]);
  one.complete("rate", "declined", {});
  expect(one.people).toEqual(["ana"]);
  expect(one.complete("replace", "submitted", { who: "mia" })).toMatchObject({ ok: false, code: "bad-answers" });
  expect(one.complete("replace", "submitted", { who: "ana" })).toMatchObject({ ok: false, code: "bad-answers" });
  one.complete("replace", "submitted", { who: "rolf" });
  expect(one.people).toEqual(["rolf"]);
  one.complete("rate", "declined", {});
  one.complete("replace", "submitted", { who: "dora" });
  expect(one.people).toEqual(["dora"]);
  one.complete("rate", "declined", {});
  one.complete("replace", "submitted", { who: "hana" });
  expect(one.state).toMatchObject({ status: "blocked", blocks: [{ code: "too-many-visits" }] });
});
