import { drawnWays } from "../steps/placed-steps.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** Case data that is written or released but not declared; record fields that the record type does not have. */
export function unknownField(subject: LintSubject): Issue[] {
  const { definition, placed } = subject;
  if (definition.kind !== "workflow") return [];
  const declared = Object.keys(definition.data ?? {});
  const issues: Issue[] = [];
  const check = (name: string, path: string) => {
    if (declared.includes(name)) return;
    const hint = didYouMean(name, declared) ?? 'Declare it under "data" with its type.';
    issues.push(error("unknown-field", path, `The workflow has no data "${name}".`, hint));
  };
  for (const step of placed.all) {
    for (const way of drawnWays(step)) {
      for (const name of Object.keys(way.transition.set ?? {})) check(name, way.path + pointer("set", name));
    }
    if (step.step.kind !== "record") continue;
    for (const name of Object.keys(step.step.set ?? {})) check(name, step.path + pointer("set", name));
    for (const [index, name] of (step.step.release ?? []).entries()) check(name, step.path + pointer("release", index));
    for (const [index, write] of (step.step.write ?? []).entries()) {
      const type = "record" in write ? subject.find("record-type", write.record) : undefined;
      if (!type || !("record" in write)) continue;
      const fields = Object.keys(type.fields);
      for (const name of Object.keys(write.fields).filter((field) => !fields.includes(field))) {
        const path = step.path + pointer("write", index, "fields", name);
        issues.push(error("unknown-field", path, `"${type.title}" has no field "${name}".`, didYouMean(name, fields)));
      }
    }
  }
  return issues;
}
