import type { MovePreview, MoveRequest } from "#engine/contract/views/moves.ts";
import type { Outcome, Refusal } from "#engine/execute/outcome.ts";
import { clockOfTimer } from "#engine/execute/timers.ts";
import type { Bundle } from "../commands/bundle.ts";
import { ask } from "../commands/due-first.ts";
import { eventsOf } from "../commands/move-cases.ts";
import type { Runtime } from "../commands/runtime.ts";
import { stepTitles, subjectName } from "./case-briefs.ts";

/** At most as many cases are looked at one by one. */
const LOOKED = 500;

/** What a move of cases would do: the engine is asked just as it will be, and nothing is written. */
export async function previewMoves(
  runtime: Runtime,
  { command }: MoveRequest,
  cases: readonly string[],
): Promise<MovePreview> {
  const directory = await runtime.organisation.directory();
  const now = runtime.clock.now();
  const rows = await Promise.all(
    cases.slice(0, LOOKED).map(async (caseId): Promise<MovePreview["rows"][number]> => {
      const nothing = { tasksCancelled: [], timersCancelled: [], childrenEnded: 0, tasksOpened: [] };
      const stored = await runtime.desk.read(caseId);
      if (!stored)
        return { caseId, subjectName: caseId, from: [], ok: false, message: "There is no such case.", ...nothing };
      const { state, frame, active } = stored;
      const bundle = await runtime.catalogue.pinned(frame.bundle);
      const { subject } = state;
      const about = {
        caseId,
        subjectName: subjectName(subject, directory, subject.kind === "person" ? subject.id : null),
        from: stepTitles(bundle, active),
      };
      const [event, ...more] = eventsOf(command, state, null, "preview");
      if (!event) return { ...about, ok: false, message: "There is nothing of theirs to hand over here.", ...nothing };
      const outcome = await ask(runtime, bundle, state, event, now);
      if (!outcome.ok) return { ...about, ok: false, message: outcome.message, ...nothing };
      return {
        ...about,
        ok: true,
        message: more.length > 0 ? `${more.length + 1} tasks` : "",
        ...effectsOf(bundle, outcome),
      };
    }),
  );
  const sum = (count: (row: MovePreview["rows"][number]) => number) => rows.reduce((all, row) => all + count(row), 0);
  return {
    total: cases.length,
    looked: rows.length,
    refused: rows.filter(({ ok }) => !ok).length,
    tasksCancelled: sum((row) => row.tasksCancelled.length),
    timersCancelled: sum((row) => row.timersCancelled.length),
    childrenEnded: sum((row) => row.childrenEnded),
    tasksOpened: sum((row) => row.tasksOpened.length),
    rows,
  };
}

function effectsOf(bundle: Bundle, outcome: Exclude<Outcome | Refusal, Refusal>) {
  const titles = (what: string) => outcome.tasks.filter((change) => change.what === what).map(({ task }) => task.title);
  return {
    tasksCancelled: titles("cancelled"),
    timersCancelled: outcome.timers.cancelled.map(({ id }) => clockOfTimer(bundle.compiled, id)?.title ?? id),
    childrenEnded: outcome.effects.filter((effect) => effect.kind === "signal-case").length,
    tasksOpened: titles("opened"),
  };
}
