import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import { pointer } from "../words/pointer.ts";
import { ladderOutline } from "./ladder-outline.ts";
import type { Outline, OutlineNode } from "./model.ts";
import { planOutline } from "./plan-outline.ts";
import { rulesetOutline } from "./ruleset-outline.ts";
import { type Wording, wordingOf } from "./wording.ts";
import { spell } from "./words.ts";
import { workflowOutline } from "./workflow-outline.ts";

/**
 * A definition as nodes and edges: what the canvas, a running case, the simulator and the template gallery draw. Pure
 * data without coordinates, but for those that the author chose. Works on drafts: an arrow to a step that does not exist
 * is left out (lint names it).
 * @param catalogue gives titles to the documents it names; their ids are spelled out where it is absent
 */
export function outline(definition: Definition, catalogue?: Catalogue): Outline {
  return { kind: definition.kind, title: definition.title, ...drawing(definition, wordingOf(definition, catalogue)) };
}

function drawing(definition: Definition, wording: Wording): Pick<Outline, "nodes" | "edges"> {
  switch (definition.kind) {
    case "workflow":
      return workflowOutline(definition, wording);
    case "escalation":
      return ladderOutline(definition, wording);
    case "plan":
      return planOutline(definition, wording);
    case "ruleset":
      return rulesetOutline(definition, wording);
    case "form":
      return {
        nodes: definition.sections.flatMap((section, s): OutlineNode[] => [
          {
            id: section.id,
            kind: "section",
            title: section.title,
            chips: [],
            start: s === 0,
            path: pointer("sections", s),
          },
          ...section.questions.map(
            (question, q): OutlineNode => ({
              id: `${section.id}:${question.id}`,
              kind: "question",
              title: question.title,
              subtitle: spell(question.type),
              chips: question.required ? ["required"] : [],
              parent: section.id,
              start: false,
              path: pointer("sections", s, "questions", q),
            }),
          ),
        ]),
        edges: [],
      };
    case "cadence": {
      const workflow = definition.starts.workflow;
      const title = wording.document("workflow", workflow).slice(1, -1);
      return {
        nodes: [
          { id: "$trigger", kind: "trigger", title: definition.title, chips: [], start: true, path: "" },
          { id: workflow, kind: "document", title, chips: ["workflow"], start: false, path: "/starts/workflow" },
        ],
        edges: [
          {
            id: "$starts",
            from: "$trigger",
            to: workflow,
            label: "starts",
            event: "",
            guarded: false,
            path: "/starts",
          },
        ],
      };
    }
    default:
      return {
        nodes: [
          {
            id: definition.id,
            kind: "document",
            title: definition.title,
            chips: [spell(definition.kind)],
            start: true,
            path: "",
          },
        ],
        edges: [],
      };
  }
}
