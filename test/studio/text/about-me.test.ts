import { expect, it } from "vitest";
import { aboutMe } from "../../../studio/api/about-me.ts";

const task = { title: "Your goals", subject: { kind: "person" as const, id: "ana" }, subjectName: "Ana Ruiz" };

it("tells nobody their own name: a task about its reader is its title, and whom it is about is you", () => {
  const mine = aboutMe({ id: "ana", name: "Ana Ruiz" });
  expect([mine.line(task), mine.whom(task), mine.isMine(task)]).toEqual(["Your goals", "you", true]);
  expect(mine.toMe("Ana Ruiz, the subject")).toBe("you, the subject");
});

it("names whom a task is about to everybody else", () => {
  const theirs = aboutMe({ id: "mia", name: "Mia Stein" });
  expect([theirs.line(task), theirs.whom(task), theirs.isMine(task)]).toEqual([
    "Your goals: Ana Ruiz",
    "Ana Ruiz",
    false,
  ]);
  expect(aboutMe(null).line(task)).toBe("Your goals: Ana Ruiz");
});
