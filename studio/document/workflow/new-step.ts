import type { Json } from "#engine/words/json.ts";
import type { JsonObject } from "../json-value.ts";

/** The kinds in the order of the palette, with the word on it and one line on what it is for. */
export const STEP_KINDS = [
  { kind: "form", word: "Form", about: "Someone fills in a form" },
  { kind: "approval", word: "Approval", about: "Someone approves or rejects" },
  { kind: "decision", word: "Decision", about: "Rules choose the way" },
  { kind: "calibration", word: "Calibration", about: "Ratings of a group are aligned" },
  { kind: "wait", word: "Wait", about: "Until a date or an event" },
  { kind: "notify", word: "Notify", about: "Tells people and goes on" },
  { kind: "parallel", word: "Parallel", about: "Branches side by side" },
  { kind: "group", word: "Group", about: "Steps in a frame" },
  { kind: "record", word: "Record", about: "Writes results down, releases them" },
  { kind: "payout", word: "Payout", about: "Computes and books by a plan" },
  { kind: "call", word: "Call", about: "Asks another system" },
  { kind: "subflow", word: "Subflow", about: "Runs another workflow" },
  { kind: "end", word: "End", about: "The case is over" },
] as const;
export type PaletteKind = (typeof STEP_KINDS)[number]["kind"];

/** The word for a kind, for kinds that the palette does not know the kind itself. */
export const kindWord = (kind: string) => STEP_KINDS.find((one) => one.kind === kind)?.word ?? (kind || "Step");

/**
 * A new step of a kind: complete enough to run where that can be guessed, and otherwise with what is missing left out, so
 * that the problems panel asks for it by name.
 */
export function newStep(kind: PaletteKind, title: string, id: string): JsonObject {
  const parts: Record<PaletteKind, Record<string, Json>> = {
    form: { form: id, actor: { relation: "subject" }, on: {} },
    approval: { actor: { relation: "manager" }, outcomes: ["approved", "rejected"], on: {} },
    decision: { rules: id, on: {} },
    calibration: { actor: { role: "hr-partner" }, on: {} },
    wait: { until: { after: { days: 7 } }, on: {} },
    notify: { to: [{ relation: "subject" }], message: `${title}.`, on: {} },
    parallel: {
      branches: {
        first: { start: `${id}-first`, steps: { [`${id}-first`]: { kind: "end", title: "Done" } } },
        second: { start: `${id}-second`, steps: { [`${id}-second`]: { kind: "end", title: "Done" } } },
      },
      join: "all",
      on: {},
    },
    group: { start: `${id}-done`, steps: { [`${id}-done`]: { kind: "end", title: "Done" } }, on: {} },
    record: { set: {}, on: {} },
    payout: { plan: id, on: {} },
    call: { url: "https://example.com/hook", on: {} },
    subflow: { workflow: id, on: {} },
    end: { outcome: "completed" },
  };
  return { kind, title, ...parts[kind] };
}

/** An id from a title that no step has yet: `Manager review` becomes `manager-review`, then `manager-review-2`. */
export function freeId(title: string, taken: ReadonlySet<string>): string {
  const base =
    title
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^[-0-9]+|-+$/g, "")
      .slice(0, 56) || "step";
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
