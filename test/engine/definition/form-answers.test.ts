import { expect, test } from "vitest";
import type { Form } from "#engine/definition/form.ts";
import { checkAnswers, handsIn } from "#engine/definition/form-answers.ts";
import { documents } from "../../support/review.ts";

const [nomination] = documents({
  kind: "form",
  schema: 1,
  id: "nomination",
  title: "Who works with you?",
  sections: [
    {
      id: "raters",
      title: "Raters",
      questions: [
        {
          id: "peers",
          type: "people",
          title: "Colleagues",
          required: true,
          min: 3,
          max: 8,
          except: [{ relation: "subject" }, { relation: "manager" }],
        },
        { id: "topics", type: "multi-choice", title: "Topics", of: ["sales", "service", "team"], max: 2 },
      ],
    },
  ],
}) as [Form];
const says = (answers: Record<string, never[] | string[]>, complete = true) =>
  checkAnswers(nomination, answers, {
    complete,
    people: () =>
      new Map([
        ["ana", "Ana Ruiz"],
        ["mia", "Mia Stein"],
      ]),
  }).map(({ message }) => message);
const many = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);

test("FB2: three to eight colleagues are nominated, one named twice counts once", () => {
  expect(says({ peers: many(2) })).toEqual(['"Colleagues" takes at least 3.']);
  expect(says({ peers: ["p1", "p2", "p2"] })).toEqual(['"Colleagues" takes at least 3.']);
  expect(says({ peers: many(3) })).toEqual([]);
  expect(says({ peers: many(8) })).toEqual([]);
  expect(says({ peers: many(9) })).toEqual(['"Colleagues" takes at most 8.']);
});

test("FB2: nobody nominates their own manager or themselves", () => {
  expect(says({ peers: [...many(3), "mia"] })).toEqual(['"Colleagues" may not name Mia Stein.']);
  expect(says({ peers: [...many(3), "ana", "mia"] })).toEqual(['"Colleagues" may not name Ana Ruiz, Mia Stein.']);
});

test("a list of choices takes as many as it says", () => {
  expect(says({ peers: many(3), topics: ["sales", "team", "service"] })).toEqual(['"Topics" takes at most 2.']);
});

test("who declines hands nothing in: nothing is missing then, and what is there must fit all the same", () => {
  expect(handsIn(["submitted", "declined"], "submitted")).toBe(true);
  expect(handsIn(["submitted", "declined"], "declined")).toBe(false);
  expect(handsIn(["approved", "rejected"], "rejected")).toBe(true);
  expect(says({}, false)).toEqual([]);
  expect(says({}, true)).toEqual(['"Colleagues" needs an answer.']);
  expect(says({ peers: ["p1"] }, false)).toEqual(['"Colleagues" takes at least 3.']);
});
