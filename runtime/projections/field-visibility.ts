import type { Compiled } from "#engine/compile/compile.ts";
import type { Field } from "#engine/definition/field.ts";
import type { Reader } from "../access/reader.ts";
import type { CaseAccess } from "./case-access.ts";

/** How an author's audience names what the policy calls a relation. */
const RELATION_OF: Record<string, string> = { subject: "self" };

/** The data fields that a workflow declares. */
export function declaredFields(compiled: Compiled): Record<string, Field> {
  return compiled.definition.kind === "workflow" ? (compiled.definition.data ?? {}) : {};
}

/**
 * Whether a field of a case's data is hidden from a reader. Who only has a task in a case sees no data. A field with a
 * visibility is for its audience; its subject sees it only where they are named, and with `subjectAfter` only once it has
 * been released. Without a visibility everyone who sees the whole case sees it. HR admins see all.
 */
export function isHidden(name: string, field: Field | undefined, access: CaseAccess, reader: Reader): boolean {
  if (access.level === "part") return true;
  if (reader.policy.administersAll) return false;
  const visibility = field?.visibility;
  if (!visibility) return false;
  if (access.onlySubject) {
    if (!visibility.audience.includes("subject") && !visibility.audience.includes("self")) return true;
    return visibility.subjectAfter !== undefined && !access.released.has(name);
  }
  if (access.about === null) return false;
  const relations: ReadonlySet<string> = reader.policy.relations(access.about);
  return !visibility.audience.some((word) => relations.has(RELATION_OF[word] ?? word));
}

/**
 * Whether what was answered at a step is open to a reader: always their own; for whom the case is about, others' answers
 * once something was released to them or the case is over; for everyone else by the step's visibility and the form's
 * permissions (`none` for their relation hides it).
 */
export function answersOpen(
  step: string,
  by: string | null | undefined,
  compiled: Compiled,
  access: CaseAccess,
  reader: Reader,
): boolean {
  if (by !== null && by !== undefined && by === reader.personId) return true;
  if (reader.policy.administersAll) return true;
  if (access.level === "part") return false;
  const drawn = compiled.map.steps.get(step)?.step;
  const visibility = drawn && "visibility" in drawn ? drawn.visibility : undefined;
  const form = drawn && "form" in drawn && drawn.form !== undefined ? compiled.forms.get(drawn.form) : undefined;
  if (access.onlySubject) {
    const after = access.released.size > 0 || access.stored.state.status === "closed";
    if (visibility && !visibility.audience.includes("subject")) return false;
    const said = form?.permissions?.subject;
    if (typeof said === "string") return said !== "none";
    return after;
  }
  const relations: ReadonlySet<string> =
    access.about === null ? new Set<string>() : reader.policy.relations(access.about);
  if (visibility) return visibility.audience.some((word) => relations.has(RELATION_OF[word] ?? word));
  return ![...relations].some((relation) => form?.permissions?.[relation] === "none");
}
