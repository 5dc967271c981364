import type { Issue } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { segments } from "#engine/words/pointer.ts";
import { addStep, idForNew } from "../../document/commands/add-step.ts";
import { connect } from "../../document/commands/connect.ts";
import { removeSelection } from "../../document/commands/remove-selection.ts";
import { setField } from "../../document/commands/set-field.ts";
import type { Command } from "../../document/document-state.ts";
import { isObject, valueAt, withKeyRenamed, withValue } from "../../document/json-value.ts";
import { type StepPlace, stepOfPath, stepPlaces, waysOf } from "../../document/workflow/places.ts";

export interface QuickFix {
  label: string;
  command: Command;
  select?: readonly string[];
}

/** One obvious way to put an issue right, or null where it takes a person's judgement (U18). */
export function quickFix(document: Json, issue: Issue): QuickFix | null {
  const path = segments(issue.path);
  const meant = /Did you mean "([^"]+)"\?/.exec(issue.hint ?? "")?.[1];
  if (meant !== undefined) return takeSuggestion(document, path, meant);
  const place = stepOfPath(document, path);
  switch (issue.code) {
    case "unreachable":
      return place ? { label: "Delete the step", command: removeSelection({ steps: [place.id] }) } : null;
    case "no-actor":
      return place
        ? {
            label: "Give it to their manager",
            command: setField([...place.path, "actor"], { relation: "manager" }),
            select: [place.id],
          }
        : null;
    case "no-otherwise":
      return place ? leadOn(document, place, "otherwise") : null;
    case "no-not-evaluated":
      return place ? leadOn(document, place, "not-evaluated") : null;
    case "rule-without-way":
    case "outcome-without-way": {
      const event = /Draw a way for "([^"]+)"/.exec(issue.hint ?? "")?.[1];
      return place && event ? leadOn(document, place, event) : null;
    }
    case "no-end":
    case "dead-end":
      return addEnd(document, place);
    case "event-never-happens":
      // What people or another system may say from outside is theirs to judge; what a rule set never says is not.
      return valueAt(document, [...(place?.path ?? []), "kind"]) === "decision"
        ? { label: "Remove it", command: setField(path, undefined) }
        : null;
    case "unknown-key":
    case "unknown-step":
    case "target-outside":
      return path.length > 0 ? { label: "Remove it", command: setField(path, undefined) } : null;
    case "two-actors":
      return { label: "Keep one actor", command: setField(path, undefined) };
    case "weights":
    case "weights-do-not-sum":
      return evenWeights(document);
    default:
      return null;
  }
}

function takeSuggestion(document: Json, path: readonly string[], meant: string): QuickFix | null {
  const label = `Use “${meant}”`;
  const last = path.at(-1);
  const value = valueAt(document, path);
  const parent = valueAt(document, path.slice(0, -1));
  if (typeof value === "string" && value !== meant) return { label, command: setField(path, meant) };
  if (isObject(value) && typeof value.to === "string") return { label, command: setField([...path, "to"], meant) };
  if (last !== undefined && isObject(parent) && Object.hasOwn(parent, last) && !Object.hasOwn(parent, meant))
    return { label, command: (at) => withValue(at, path.slice(0, -1), withKeyRenamed(parent, last, meant)) };
  return null;
}

/** Leads an event where the step's other ways lead: the last of them, as `otherwise` would. */
function leadOn(document: Json, place: StepPlace, event: string): QuickFix | null {
  const siblings = stepPlaces(document).filter(
    (one) => one.scope.join("/") === place.scope.join("/") && one.id !== place.id,
  );
  const target = waysOf(place).at(-1)?.to ?? siblings.find((one) => one.kind === "end")?.id ?? siblings[0]?.id;
  if (target === undefined) return null;
  const title = siblings.find((one) => one.id === target)?.step.title;
  return {
    label: `Lead “${event}” to ${typeof title === "string" ? title : target}`,
    command: connect({ from: place.id, event, to: target }),
    select: [place.id],
  };
}

function addEnd(document: Json, place: StepPlace | undefined): QuickFix {
  const id = idForNew(document, "end", "Closed");
  const isFrame = place?.kind === "group";
  const scope = isFrame ? place.path : (place?.scope ?? []);
  const after = place && !isFrame && waysOf(place).length === 0 ? { after: { step: place.id, event: "done" } } : {};
  return { label: "Add an end", command: addStep({ kind: "end", title: "Closed", id, scope, ...after }), select: [id] };
}

function evenWeights(document: Json): QuickFix | null {
  const components = valueAt(document, ["components"]);
  if (!Array.isArray(components) || components.length === 0) return null;
  const share = Math.floor(1000 / components.length) / 1000;
  const command: Command = (at) =>
    components.reduce<Json>((next, _component, index) => {
      const last = index === components.length - 1;
      const weight = last ? 1 - share * (components.length - 1) : share;
      return withValue(next, ["components", index, "weight"], String(Math.round(weight * 1000) / 1000));
    }, at);
  return { label: "Share 100 % evenly", command };
}
