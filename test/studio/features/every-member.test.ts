import { type ComponentType, createElement, Fragment } from "react";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { KINDS, type Kind } from "#engine/definition/definition.ts";
import { jsonSchemaOf } from "#engine/definition/json-schema.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Json } from "#engine/words/json.ts";
import { keyOfPlace, placeOfPath } from "../../../studio/document/commands/form-parts.ts";
import { valueAt, withValue } from "../../../studio/document/json-value.ts";
import { stepOfPath, waysOf } from "../../../studio/document/workflow/places.ts";
import { SMALL_EDITORS } from "../../../studio/features/designer/small-editors.ts";
import { LadderForm } from "../../../studio/features/escalations/ladder-form.tsx";
import { FormInspector } from "../../../studio/features/forms/form-inspector.tsx";
import { FormOutline } from "../../../studio/features/forms/form-outline.tsx";
import { PermissionMatrix } from "../../../studio/features/forms/permission-matrix.tsx";
import { Inspector } from "../../../studio/features/inspector/inspector.tsx";
import { FULL_DOCUMENTS, OTHER_DOCUMENTS } from "../../support/full-documents.ts";
import { controlsOf, renderEditor } from "../../support/render-editor.ts";
import { membersOfSchema, membersSaid } from "../../support/schema-members.ts";

// React's development build notes a stack for each element, and Mantine works out styles for each control: most of the
// time here, and nothing of it is looked at.
vi.hoisted(() => {
  process.env.NODE_ENV = "production";
});
vi.mock("react/jsx-dev-runtime", async () => {
  const { Fragment, jsx } = await import("react/jsx-runtime");
  const { plainOf } = await import("../../support/plain-inputs.ts");
  const jsxDEV: typeof jsx = (type, props, key) =>
    jsx(plainOf(type, props as Record<string, unknown>) as typeof type, props, key);
  return { Fragment, jsxDEV };
});

type Doc = { [key: string]: Json };

const FormBuilder: ComponentType = () =>
  createElement(
    Fragment,
    null,
    createElement(FormOutline),
    createElement(PermissionMatrix),
    createElement(FormInspector),
  );

/** The editor of each kind. Rule sets and plans are worked on as tables, curves and sentences, with tests of their own. */
const EDITORS: Partial<Record<Kind, ComponentType>> = {
  workflow: Inspector,
  escalation: LadderForm,
  form: FormBuilder,
  ...SMALL_EDITORS,
};

/** Members that no editor shows, each with the reason why nobody needs to write it by hand. */
const NOT_BY_HAND: Record<string, string> = {
  ".kind": "a document's kind never changes",
  ".schema": "the version of the format, kept up by upgrades",
  ".id": "the id of a document is given when it is made: other documents and running cases know it by that",
  ".notes": "remarks beside the drawing, without meaning; nothing reads them",
  ".notes.text": "the same",
  ".notes.x": "the same",
  ".notes.y": "the same",
  ".layout": "written by moving things on the canvas",
  "Layout.x": "the same",
  "Layout.y": "the same",
  "Layout.pinned": "the same",
  ".resolved": "the holidays of a calendar, written by publishing",
  ".resolved.years": "the same",
  ".resolved.source": "the same",
  ".resolved.dates": "the same",
  ".resolved.years.from": "the same",
  ".resolved.years.to": "the same",
  ".resolved.dates.date": "the same",
  ".resolved.dates.name": "the same",
  ".tests": "simulations that were saved; each is played, renamed and taken away beside the simulator",
  ".steps": "drawn on the canvas",
  "GroupStep.steps": "drawn on the canvas",
  "Branch.steps": "drawn on the canvas",
};
/** The names that the documents themselves have in their schemas: a member of any of them is listed as `.member`. */
const DOCUMENTS = new Set(Object.values(KINDS).map((schema) => z.globalRegistry.get(schema)?.id));
const excused = (member: string) => {
  const dot = member.indexOf(".");
  const ofDocument = DOCUMENTS.has(member.slice(0, dot));
  return (
    Object.hasOwn(NOT_BY_HAND, ofDocument ? member.slice(dot) : member) ||
    (ofDocument && member.slice(dot).startsWith(".tests.")) || // inside a saved simulation
    member.startsWith("Subject.") || // whom a saved simulation is about
    /^[A-Z][a-z]+Step\.kind$/.test(member) // chosen when the step is drawn
  );
};

/**
 * Shapes that one part edits wherever they stand: proven inside a workflow; elsewhere it is enough that the part is there,
 * which the member that holds the shape proves.
 */
const SHARED = new Set([
  "PersonRef",
  "Duration",
  "FactRef",
  "ParameterRef",
  "Parameter",
  "Field",
  "Visibility",
  "Trigger",
]);

/** What must be selected so that the editor shows the place. */
function selectionFor(document: Doc, path: readonly string[]): string[] {
  const part = document.kind === "form" ? placeOfPath(path) : null;
  if (part) return [keyOfPlace(part)];
  const place = stepOfPath(document, path);
  if (!place) return [];
  const way = waysOf(place).find((one) => one.path.every((segment, index) => path[index] === segment));
  return way ? [`${way.from}→${way.to}`] : [place.id];
}

const kinds = Object.keys(FULL_DOCUMENTS) as Kind[];
const said = new Map(
  kinds.map((kind) => {
    const schema = jsonSchemaOf(kind);
    const members = FULL_DOCUMENTS[kind]!.flatMap((document) =>
      membersSaid(schema, document).map((one) => ({ ...one, document })),
    );
    return [kind, { schema, members }];
  }),
);
const saidOf = (kind: Kind) => said.get(kind)!.members;
const everywhere = new Set(kinds.flatMap((kind) => saidOf(kind).map((one) => one.member)));

describe("nothing is editable only as JSON", () => {
  it.each(kinds)("%s: the full documents are right, and say every member that the JSON Schema knows", (kind) => {
    for (const document of FULL_DOCUMENTS[kind]!) {
      const answer = parse(document);
      expect(answer.ok ? [] : answer.issues).toEqual([]);
    }
    const here = new Set(saidOf(kind).map((one) => one.member));
    // A shape that many kinds share (a person, a duration) need not be said whole in each of them.
    const unsaid = [...membersOfSchema(said.get(kind)!.schema)].filter((member) => {
      const owner = member.split(".")[0] ?? "";
      return !here.has(member) && !(owner && everywhere.has(member)) && !excused(member);
    });
    expect(unsaid).toEqual([]);
  });

  it.each(kinds)("%s: each member has a field: taking it out of the document changes a control", (kind) => {
    const Editor = EDITORS[kind]!;
    const drawn = new Map<string, string>();
    const tried = new Set<string>();
    const without: string[] = [];
    const controls = (document: Doc, selection: readonly string[]) =>
      controlsOf(renderEditor(Editor, document, selection, OTHER_DOCUMENTS)).join("\n");
    for (const { member, path, document } of saidOf(kind)) {
      const owner = member.split(".")[0] ?? "";
      if (tried.has(member) || excused(member) || (kind !== "workflow" && SHARED.has(owner))) continue;
      tried.add(member);
      const selection = selectionFor(document, path);
      const key = `${FULL_DOCUMENTS[kind]!.indexOf(document)} ${selection.join()}`;
      const before = drawn.get(key) ?? controls(document, selection);
      drawn.set(key, before);
      const less = withValue(document, path, undefined) as Doc;
      expect(valueAt(less, path)).not.toEqual(valueAt(document, path));
      if (controls(less, selection) === before) without.push(`${member} at /${path.join("/")}`);
    }
    expect(tried.size).toBeGreaterThan(0);
    expect(without).toEqual([]);
  });
});
