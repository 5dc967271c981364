import { setImmediate as nextTurn } from "node:timers/promises";
import type { Compiled } from "#engine/compile/compile.ts";
import type { RouteAnswer } from "#engine/contract/route.ts";
import type { Routes } from "#engine/contract/routes.ts";
import { headOf } from "#engine/execute/head.ts";
import { countsByParameter } from "#engine/execute/rearm.ts";
import { contextOf } from "#engine/execute/snapshot.ts";
import type { CaseState, Timer } from "#engine/execute/state.ts";
import { armedUntil, clockOfTimer, memoryKey } from "#engine/execute/timers.ts";
import type { World } from "#engine/execute/world.ts";
import { valueProblem } from "#engine/lint/parameter-bounds.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { bundlesReading, countsBy } from "../commands/cases-of-parameter.ts";
import type { ParameterHome } from "../commands/parameter-desk.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { declaredParameter } from "../commands/set-parameter.ts";
import { loadCases, type StoredCase } from "../store/cases-load.ts";
import { listCaseRows } from "../store/cases-read.ts";
import { openCasesOfBundles } from "../store/parameter-cases.ts";
import { caseBriefs } from "./case-briefs.ts";
import { visibleCases } from "./visible-cases.ts";

/** Cases looked at together. */
const SLICE = 100;
/** Cases named at most. */
const NAMED = 500;

/**
 * Which open cases see a parameter, and in which of them a clock would be up at once: one that counts by the parameter and
 * whose time, counted anew from when it was armed, is over with the new value and is not with today's. Changes nothing.
 * Throws `Refused` for a value that is out of bounds.
 */
export async function parameterEffect(
  runtime: Runtime,
  reader: Reader,
  home: ParameterHome,
  name: string,
  value: number | string | boolean,
): Promise<RouteAnswer<Routes["previewParameter"]>> {
  const parameter = declaredParameter(runtime, home.kind, home.id, name);
  const problem = valueProblem(parameter, value);
  if (problem) throw new Refused("out-of-bounds", `"${parameter.title}" ${problem}.`);
  const bundles = await bundlesReading(runtime, home, name);
  const cases = await openCasesOfBundles(runtime.db, [...bundles.keys()]);
  const counting = new Set([...bundles].filter(([, compiled]) => countsBy(compiled, name)).map(([hash]) => hash));
  const looked = cases.filter(({ bundle }) => counting.has(bundle)).map(({ id }) => id);
  const due: string[] = [];
  for (let at = 0; at < looked.length && due.length < NAMED; at += SLICE) {
    const stored = [...(await loadCases(runtime.db, looked.slice(at, at + SLICE))).values()];
    due.push(...(await dueAtOnce(runtime, stored, bundles, name, value)));
    await nextTurn();
  }
  const visible = visibleCases(reader);
  const { rows } = await listCaseRows(
    runtime.db,
    {
      where: [visible.sql, "c.id IN (SELECT value FROM json_each(:due))"],
      args: { ...visible.args, due: JSON.stringify(due) },
    },
    { limit: NAMED },
  );
  return { openCases: cases.length, wouldFireNow: await caseBriefs(runtime, rows) };
}

async function dueAtOnce(
  runtime: Runtime,
  stored: readonly StoredCase[],
  bundles: ReadonlyMap<string, Compiled>,
  name: string,
  value: Json,
): Promise<string[]> {
  const now = runtime.clock.now();
  const counted = stored.flatMap(({ state, frame }) => {
    const compiled = bundles.get(frame.bundle)!;
    const timers = Object.values(state.timers).filter((timer) => {
      const clock = clockOfTimer(compiled, timer.id);
      return timer.dueAt > now && clock !== undefined && countsByParameter(clock, name);
    });
    return timers.length > 0 ? [{ compiled, state, timers }] : [];
  });
  const worlds = await runtime.worlds.ofMany(
    counted.map(({ compiled, state }) => ({ compiled, subject: state.subject, openedAt: state.openedAt, needs: [] })),
    now,
  );
  return counted.flatMap(({ compiled, state, timers }, i) => {
    const world = worlds[i]!;
    const changed: World = { ...world, parameters: { ...world.parameters, [name]: value } };
    return timers.some((timer) => dueWith(compiled, state, timer, changed) <= now) ? [state.id] : [];
  });
}

/** When a timer would be up, were it armed in another world. */
function dueWith(compiled: Compiled, state: CaseState, timer: Timer, world: World): number {
  const actor = Object.values(state.tasks).find(({ step }) => step === timer.step)?.assignees[0] ?? null;
  const clock = clockOfTimer(compiled, timer.id)!;
  const armed = armedUntil(clock, {
    head: headOf(compiled, state),
    context: contextOf(state),
    world,
    startAt: timer.armedAt,
    actor,
    memory: state.clocks?.[memoryKey(clock)],
  });
  return armed?.dueAt ?? timer.dueAt;
}
