import type { Json } from "#engine/words/json.ts";

type Document = { [member: string]: Json };

/**
 * A template's workflow with the stories of its folder as its tests, so that whoever takes it has them beside the drawing.
 * Any other document is as it is; so is one that has tests already.
 */
export function withStories(document: Document, scenarios: readonly Json[]): Document {
  if (document.kind !== "workflow" || document.tests !== undefined) return document;
  const tests = scenarios.flatMap((scenario): Json[] => {
    const { definition, ...story } = scenario as Document;
    const { kind, id } = (definition ?? {}) as Document;
    return kind === "workflow" && id === document.id ? [story] : [];
  });
  return tests.length === 0 ? document : { ...document, tests };
}

/** The same of a text; one that gains nothing stays as it was written. */
export function textWithStories(text: string, scenarios: readonly Json[]): string {
  const document = JSON.parse(text) as Document;
  const more = withStories(document, scenarios);
  return more === document ? text : `${JSON.stringify(more, null, 2)}\n`;
}
