import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../document/json-value.ts";
import { parametersOf } from "../document/parameters.ts";
import { kindWord } from "../document/workflow/new-step.ts";
import { type StepPlace, stepPlaces, type Way, wayKey, waysOf } from "../document/workflow/places.ts";
import { sentence, words } from "../text/kinds.ts";
import type { GraphEdge, GraphModel, GraphNode, Hue } from "./model.ts";
import { cardSize, pillSize } from "./size.ts";
import { chipsOf, clockSigns } from "./step-chips.ts";
import { clockWords, conditionLabel, whoInWords } from "./words.ts";

const HUES: Record<string, Hue> = {
  form: "form",
  subflow: "form",
  approval: "approval",
  payout: "approval",
  decision: "decision",
  calibration: "calibration",
  end: "end",
};
/** The colour family of a step kind. */
export const hueOf = (kind: string): Hue => HUES[kind] ?? "waiting";

const NO_SHEETS: readonly Json[] = [];

/** The id of a branch of a parallel step on the canvas: a step's id has no slash. */
export const laneId = (step: string, branch: string) => `${step}/${branch}`;

/**
 * A workflow as nodes and edges. Reads what is there and supposes nothing, since a draft may be half finished: a step
 * without a title shows its id, a transition to nowhere is not drawn (the problems panel names it). `sheets` are documents
 * whose parameters it may use.
 */
export function workflowModel(document: Json, sheets: readonly Json[] = NO_SHEETS): GraphModel {
  const places = stepPlaces(document);
  const parameters = parametersOf(document, sheets);
  const nodes: GraphNode[] = [];
  const known = new Set<string>();
  for (const place of places) {
    if (known.has(place.id)) continue;
    known.add(place.id);
    nodes.push(nodeOf(document, place, parameters));
    if (isObject(place.step.branches))
      for (const [branch, value] of Object.entries(place.step.branches))
        nodes.push({
          id: laneId(place.id, branch),
          shape: "lane",
          kind: "branch",
          word: "Branch",
          hue: "waiting",
          title: isObject(value) && typeof value.title === "string" ? value.title : words(branch),
          who: null,
          time: null,
          chips: [],
          parent: place.id,
          width: 0,
          height: 0,
          start: false,
          path: [...place.path, "branches", branch],
        });
  }
  return { nodes, edges: edgesOf(places, known) };
}

function nodeOf(document: Json, place: StepPlace, parameters: Json | undefined): GraphNode {
  const { step, kind, id, path } = place;
  const title = typeof step.title === "string" && step.title.trim() ? step.title : id;
  const shape =
    kind === "end"
      ? "pill"
      : kind === "decision"
        ? "small"
        : kind === "group" || kind === "parallel"
          ? "frame"
          : "card";
  const who = whoOf(step, kind);
  const chips = chipsOf(step);
  const size =
    shape === "pill"
      ? pillSize(title)
      : shape === "frame"
        ? { width: 0, height: 0 }
        : cardSize(shape, title, who !== null, chips);
  const scope = place.scope;
  const branch = scope.at(-2) === "branches" ? scope.at(-1) : undefined;
  const parent = place.parents[0] ?? null;
  return {
    id,
    shape,
    kind,
    word: kindWord(kind),
    hue: hueOf(kind),
    title,
    who,
    time: clockWords(step.deadline ?? step.until, parameters),
    clockSigns: clockSigns(step.deadline ?? step.until),
    many: isObject(step.each),
    chips,
    parent: parent !== null && branch !== undefined ? laneId(parent, branch) : parent,
    ...size,
    start: valueAt(document, [...scope, "start"]) === id,
    path,
  };
}

function whoOf(step: { [key: string]: Json }, kind: string): string | null {
  if (isObject(step.each)) {
    const many = whoInWords(step.each.of);
    if (many) return `Each of ${many.charAt(0).toLowerCase()}${many.slice(1)}`;
  }
  if (kind === "notify") return whoInWords(step.to);
  if (kind === "decision") return null;
  if (kind === "subflow" && typeof step.workflow === "string") return words(step.workflow);
  if (kind === "payout" && typeof step.plan === "string") return words(step.plan);
  if (kind === "call" && typeof step.url === "string")
    return step.url.replace(/^https?:\/\//, "").split("/")[0] ?? null;
  if (kind === "record") return recordWords(step);
  if (kind === "wait" && Array.isArray(step.for)) {
    const events = step.for.map((one) => (isObject(one) ? String(one.on ?? "") : "")).filter(Boolean);
    return events.length ? `For ${events.join(" or ")}` : null;
  }
  return whoInWords(step.actors ?? step.actor);
}

function recordWords(step: { [key: string]: Json }): string | null {
  const parts: string[] = [];
  if (Array.isArray(step.write))
    for (const one of step.write) if (isObject(one)) parts.push(String(one.to ?? one.metric ?? one.record ?? ""));
  if (isObject(step.set)) parts.push(...Object.keys(step.set));
  const written = parts.filter(Boolean).map((part) => words(part).toLowerCase());
  if (Array.isArray(step.release) && step.release.length)
    written.push(`releases ${step.release.map((field) => words(String(field)).toLowerCase()).join(", ")}`);
  return sentence(written.slice(0, 2).join(", ")) || null;
}

function edgesOf(places: readonly StepPlace[], known: ReadonlySet<string>): GraphEdge[] {
  const edges = new Map<string, { from: string; to: string; labels: string[]; ways: string[] }>();
  for (const place of places)
    for (const way of waysOf(place)) {
      if (!known.has(way.to)) continue;
      const id = `${way.from}→${way.to}`;
      const edge = edges.get(id) ?? { from: way.from, to: way.to, labels: [], ways: [] };
      edge.labels.push(labelOf(way));
      edge.ways.push(wayKey(way));
      edges.set(id, edge);
    }
  const drawn = [...edges].map(([id, edge]) => ({ id, quiet: false, ...edge, labels: [...new Set(edge.labels)] }));
  const undone = places.flatMap(({ id, step }) =>
    typeof step.undo === "string" && known.has(step.undo) && !edges.has(`${id}→${step.undo}`)
      ? [{ id: `${id}→${step.undo}`, from: id, to: step.undo, labels: ["undone by"], ways: [], quiet: true }]
      : [],
  );
  return [...drawn, ...undone];
}

/** `submitted`, or `submitted if rating ≥ 4`; with the bound of a loop and where it resumes. */
export function labelOf(way: Way): string {
  const event = way.event.replaceAll("-", " ");
  const parts = isObject(way.value) ? way.value : {};
  const when = conditionLabel(parts.when);
  const bound = typeof parts.maxVisits === "number" ? ` ↻ at most ${parts.maxVisits}` : "";
  const back = parts.history === true ? " Ⓗ where it left off" : "";
  return `${when ? `${event} if ${when}` : event}${bound}${back}`;
}
