import { createElement } from "react";
import { describe, expect, it } from "vitest";
import type { TaskRow, TaskView } from "#engine/contract/views/cases.ts";
import { answerKey } from "../../../studio/api/use-answer.ts";
import { TaskPane } from "../../../studio/features/inbox/task-pane.tsx";
import { renderInStudio } from "../../support/render-editor.ts";

const nothing = () => undefined;
const ANA = { id: "ana", name: "Ana Ruiz", title: null };
const BEN = { id: "ben", name: "Ben Okafor", title: null };
const FORM = {
  kind: "form",
  schema: 1,
  id: "calibration",
  title: "Calibration",
  scale: { labels: ["Below", "Meets", "Exceeds"], values: [1, 2, 3] },
  sections: [
    { id: "main", title: "Main", questions: [{ id: "rating", type: "rating", title: "Rating", required: true }] },
  ],
};
const row = (id: string): TaskRow => ({
  id,
  caseId: `case-${id}`,
  revision: 1,
  subject: { kind: "person", id },
  subjectName: `Person ${id}`,
  dueAt: null,
  overdue: false,
  because: "below the threshold",
  caseData: [{ name: "so-far", title: "So far", value: 2 }],
});
const view = (kind: string, more: Partial<TaskView> = {}, outcomes = ["agreed"]): TaskView => ({
  task: {
    id: "t",
    caseId: "c",
    step: "s",
    title: "Together",
    kind,
    workflow: { id: "w", name: "Review" },
    subject: { kind: "person", id: "p" },
    subjectName: "Somebody",
    period: null,
    outcomes,
    assignees: [],
    claimedBy: null,
    status: "open",
    openedAt: 0,
    dueAt: null,
    overdue: false,
    paused: false,
    because: "",
  },
  revision: 1,
  form: FORM,
  answers: {},
  draft: null,
  shown: [],
  caseData: [],
  earlier: [],
  mayAct: true,
  ...more,
});
const pane = (task: TaskView, session?: object) =>
  renderInStudio(createElement(TaskPane, { id: "t", onBack: nothing, onSent: nothing }), [
    [answerKey("task", { params: { id: "t" } }), task],
    [answerKey("case", { params: { id: "c" } }), { session }],
  ]);
const SESSION = { status: "in-progress", owner: ANA, facilitators: [ANA], participants: [BEN], subjects: [] };
const ratings = (html: string) => [...html.matchAll(/<button[^>]*aria-label="[123] (?:Below|Meets|Exceeds)"[^>]*>/g)];

describe("tasks that several people or cases share", () => {
  it("CA1: everybody sees the session; whoever leads it edits, and once it is final nobody does", () => {
    const rows = [row("one"), row("two")];
    const kept = { answers: { rows: { one: { rating: 3 } } }, savedAt: 0, revision: 1 };
    const leads = pane(view("calibration", { rows, draft: kept }), SESSION);
    expect(leads).toContain("Led by Ana Ruiz");
    expect(leads).toContain("Rating: 1 person of 2 rated, 3.00 on average");
    expect(ratings(leads)).toHaveLength(6);
    expect(ratings(leads).some(([button]) => button.includes("disabled"))).toBe(false);
    expect(leads).toContain(">Agree<");
    for (const locked of [
      pane(view("calibration", { rows, mayAct: false }), SESSION),
      pane(view("calibration", { rows }), { ...SESSION, status: "final" }),
    ]) {
      expect(ratings(locked)).toHaveLength(6);
      expect(ratings(locked).every(([button]) => button.includes("disabled"))).toBe(true);
      expect(locked).not.toContain(">Agree<");
    }
  });

  it("one task of many offers each row its outcomes, and all that are chosen at once", () => {
    const html = pane(view("approval", { rows: [row("one"), row("two")], form: null }, ["accepted", "sent-back"]));
    expect(html).toContain('aria-label="Accept: Person one"');
    expect(html).toContain("2 rows chosen.");
    expect(html).toContain("Accept all 2");
  });

  it("a task passed to and fro says who has it and who hands it in, and is passed on by whoever cannot", () => {
    const together = { mode: "iterative" as const, passes: 1, holders: [ANA], handsIn: [BEN], others: [BEN] };
    const html = pane(view("form", { together, mayHandIn: false }));
    expect(html).toContain("Passed to and fro with ");
    expect(html).toContain("Pass to Ben Okafor");
    expect(html).not.toContain(">Agree<");
    expect(pane(view("form", { together: { ...together, mode: "collaborative" } }))).toContain(
      "Filled in together with ",
    );
  });
});
