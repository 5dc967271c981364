import type { CaseBrief } from "#engine/contract/views/cases.ts";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import type { Definition } from "#engine/definition/definition.ts";
import type { Parameter } from "#engine/definition/parameter.ts";
import { contextOf } from "#engine/execute/snapshot.ts";
import { headOf } from "#engine/execute/head.ts";
import { armedUntil, clockOfTimer } from "#engine/execute/timers.ts";
import { valueProblem } from "#engine/lint/parameter-bounds.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { declaredParameter } from "../commands/set-parameter.ts";
import { caseRows } from "../store/cases-read.ts";
import { loadCases } from "../store/cases-load.ts";
import { openCasesOf } from "../store/parameter-cases.ts";
import { caseBriefs } from "./case-briefs.ts";

/** The sheet of thresholds: every parameter that a live document declares, with its value, history and where it is used. */
export function parameterViews(runtime: Runtime, reader: Reader): ParameterView[] {
  return [...runtime.catalogue.versions()]
    .map(({ document }) => document)
    .flatMap((document) =>
      Object.entries(parametersOf(document)).map(([name, parameter]) => viewOf(runtime, reader, document, name, parameter)),
    );
}

/** One parameter. Throws `Refused` where no live document declares it. */
export function parameterView(runtime: Runtime, reader: Reader, kind: string, id: string, name: string): ParameterView {
  const parameter = declaredParameter(runtime, kind, id, name);
  const document = [...runtime.catalogue.versions()].map((row) => row.document).find((one) => one.kind === kind && one.id === id);
  return viewOf(runtime, reader, document!, name, parameter);
}

/** The role that owns a parameter, where its author named one. */
export function ownerRole(parameter: Parameter): string | null {
  const { owner } = parameter;
  return owner && "role" in owner && typeof owner.role === "string" ? owner.role : null;
}

/**
 * Which open cases a change would touch, and in which of them something would be due at once: an armed clock that counts
 * with the parameter and whose time, counted anew from when it was armed, is already up.
 */
export async function parameterEffect(
  runtime: Runtime,
  kind: string,
  id: string,
  name: string,
  value: number | string | boolean,
): Promise<{ openCases: number; wouldFireNow: CaseBrief[] }> {
  const parameter = declaredParameter(runtime, kind, id, name);
  const problem = valueProblem(parameter, value);
  if (problem) throw new Refused("out-of-bounds", `"${parameter.title}" ${problem}.`);
  const users = usersOf(runtime, kind, id, name).filter((one) => one.kind === "workflow" || one.kind === "escalation");
  const ids = await openCasesOf(runtime.db, users);
  const now = runtime.clock.now();
  const firing: string[] = [];
  for (let at = 0; at < ids.length && firing.length < 100; at += 200) {
    const slice = await loadCases(runtime.db, ids.slice(at, at + 200));
    for (const [caseId, { state, frame }] of slice) {
      const { compiled } = await runtime.catalogue.pinned(frame.bundle);
      const timers = Object.values(state.timers).filter((timer) => {
        const clock = clockOfTimer(compiled, timer.id);
        return clock && JSON.stringify([clock.clock, clock.less ?? null]).includes(`"parameter":${JSON.stringify(name)}`);
      });
      if (timers.length === 0) continue;
      const world = await runtime.worlds.of({ compiled, subject: state.subject, openedAt: state.openedAt, needs: [] }, now);
      const changed = { ...world, parameters: { ...world.parameters, [name]: value as Json } };
      const head = headOf(compiled, state);
      const due = timers.some((timer) => {
        const actor = Object.values(state.tasks).find(({ step }) => step === timer.step)?.assignees[0] ?? null;
        const clock = clockOfTimer(compiled, timer.id)!;
        return armedUntil(clock, head, contextOf(state), changed, timer.armedAt, actor) <= now;
      });
      if (due) firing.push(caseId);
    }
  }
  const rows = await caseRows(runtime.db, firing);
  return { openCases: ids.length, wouldFireNow: await caseBriefs(runtime, [...rows.values()]) };
}

function viewOf(runtime: Runtime, reader: Reader, document: Definition, name: string, parameter: Parameter): ParameterView {
  const { kind, id, title } = document;
  const history = runtime.parameters.history({ kind, id }, name);
  const last = history.at(-1);
  return {
    sheet: { kind, id, title },
    name,
    title: parameter.title,
    description: parameter.description ?? null,
    type: parameter.type,
    unit: parameter.unit ?? null,
    default: parameter.default,
    min: parameter.min ?? null,
    max: parameter.max ?? null,
    of: parameter.of ?? null,
    value: (last?.value as ParameterView["value"] | undefined) ?? parameter.default,
    version: last?.version ?? 0,
    mayEdit: reader.policy.editsParameter(ownerRole(parameter)),
    usedBy: usersOf(runtime, kind, id, name),
    history: history.map((change) => ({
      version: change.version,
      old: change.old,
      value: change.value,
      scope: change.scope,
      reason: change.reason,
      by: change.by,
      at: change.at,
    })),
  };
}

/** The parameters that a document declares. */
function parametersOf(document: Definition): Record<string, Parameter> {
  if (document.kind === "parameters") return document.values;
  return ("parameters" in document ? document.parameters : undefined) ?? {};
}

/** Live documents that read a parameter: the one that declares it, and those that name its sheet and mention it. */
function usersOf(runtime: Runtime, kind: string, id: string, name: string): ParameterView["usedBy"] {
  return [...runtime.catalogue.versions()]
    .map(({ document }) => document)
    .filter((document) => {
      if (document.kind === kind && document.id === id) return kind !== "parameters";
      if (kind !== "parameters" || !("uses" in document) || !document.uses?.includes(id)) return false;
      const text = JSON.stringify(document);
      return text.includes(`"parameter":${JSON.stringify(name)}`) || text.includes(`parameter.${name}`);
    })
    .map((document) => ({ kind: document.kind, id: document.id, title: document.title }));
}
