import type { TaskView } from "#engine/contract/views/cases.ts";
import type { Form } from "#engine/definition/form.ts";
import { contextOf } from "#engine/execute/snapshot.ts";
import type { Task } from "#engine/execute/state.ts";
import { taskDates } from "#engine/execute/task-dates.ts";
import { handersOf } from "#engine/execute/together.ts";
import { windowOf } from "#engine/metrics/window.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Json } from "#engine/words/json.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Reader } from "../access/reader.ts";
import type { Bundle } from "../commands/bundle.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { ownerOfDraft, readTask, type StoredTask, taskDraft, tasksOfBundle } from "../store/tasks-read.ts";
import { accessCase, type CaseAccess } from "./case-access.ts";
import { caseDataOf } from "./case-data.ts";
import { answersOpen } from "./field-visibility.ts";
import { briefOf } from "./me-view.ts";
import { sentence, spelled } from "./say.ts";
import { taskBriefs } from "./task-briefs.ts";
import { bundleRows, sessionRows } from "./task-rows.ts";

/**
 * What a person needs to do a task: the form of the pinned version, numbers beside the questions, what they may see of the
 * case and of earlier answers. Open to its assignees; to read to those who administer the case, and to whom had it before somebody moved.
 */
export async function taskView(runtime: Runtime, reader: Reader, id: string): Promise<TaskView> {
  const task = await readTask(runtime.db, id);
  if (!task) throw new Refused("not-found", "There is no such task.");
  const mine = reader.personId !== null && task.assignees.includes(reader.personId);
  const access = await accessOf(runtime, reader, task);
  const looksOn = access.stored.state.tasks[id]?.contributors?.includes(reader.personId ?? "") ?? false;
  if (!mine && !looksOn && !access.administers) {
    throw new Forbidden("This task is somebody else's. Being sent its address does not make it yours.", {
      kind: "task",
      id,
    });
  }
  const bundle = await runtime.catalogue.pinned(access.stored.frame.bundle);
  const form = task.form === null ? undefined : bundle.compiled.forms.get(task.form);
  const [brief] = await taskBriefs(runtime, [task]);
  if (!brief) throw new Error(`task ${id} has no case`);
  const open = access.stored.state.tasks[id];
  const draft = mine ? await taskDraft(runtime.db, id, ownerOfDraft(open, reader.personId!)) : undefined;
  const dates = open ? await datesOf(runtime, access, bundle, open) : {};
  return {
    task: brief,
    revision: access.stored.state.revision,
    form: (form as unknown as Json) ?? null,
    answers: open?.together && mine ? open.together.answers : answersOf(task, access, bundle, reader),
    draft: draft
      ? { answers: JSON.parse(draft.answers) as Record<string, Json>, savedAt: draft.savedAt, revision: draft.revision }
      : null,
    shown: await shownMetrics(runtime, form, access),
    caseData: caseDataOf(access, bundle, reader),
    earlier: earlierOf(task, access, bundle, reader, await runtime.organisation.directory()),
    ...(await rowsOf(runtime, reader, task, access)),
    ...dates,
    ...(open?.together ? { together: togetherOf(open, await runtime.organisation.directory()) } : {}),
    mayHandIn: mine && open !== undefined && handersOf(open).includes(reader.personId!),
    mayAct:
      mine &&
      !brief.paused &&
      task.status === "open" &&
      (task.claimedBy === null || task.claimedBy === reader.personId),
  };
}

/** The dates before which a task may not be written in and not be handed in. */
async function datesOf(runtime: Runtime, { stored: { state } }: CaseAccess, { compiled }: Bundle, task: Task) {
  const now = runtime.clock.now();
  const asked = { compiled, subject: state.subject, openedAt: state.openedAt, needs: [] };
  const { start, exit } = taskDates(compiled, state, task, await runtime.worlds.of(asked, now), now);
  return {
    ...(start === undefined ? {} : { opensAt: start }),
    ...(exit === undefined ? {} : { leavesFrom: exit }),
  };
}

/** Who works on a task together, who has it and who hands it in. */
function togetherOf({ together, assignees }: Task, directory: Directory): TaskView["together"] {
  const { mode, parties, exit, passes } = together!;
  const people = (ids: readonly string[]) => ids.map((person) => briefOf(directory, person));
  return {
    mode,
    passes,
    holders: people(assignees),
    handsIn: people(parties[exit] ?? []),
    others: people([...new Set(parties.flat())].filter((person) => !assignees.includes(person))),
  };
}

/** The rows of a task that stands for many: of its bundle, or of the session that it is of. */
async function rowsOf(runtime: Runtime, reader: Reader, task: StoredTask, access: CaseAccess) {
  const { members } = access.stored.state;
  if (members && members.length > 0) return { rows: await sessionRows(runtime, reader, access) };
  if (task.bundle === null || task.status !== "open" || reader.personId === null) return {};
  const together = await tasksOfBundle(runtime.db, task.bundle, reader.personId);
  return together.length > 1 ? { rows: await bundleRows(runtime, reader, together) } : {};
}

async function accessOf(runtime: Runtime, reader: Reader, task: StoredTask): Promise<CaseAccess> {
  try {
    return await accessCase(runtime, reader, task.caseId);
  } catch (cause) {
    if (!(cause instanceof Forbidden)) throw cause;
    throw new Forbidden("This task is somebody else's. Being sent its address does not make it yours.", {
      kind: "task",
      id: task.id,
    });
  }
}

/** What was answered, of a task that is done; of one of many, only that one's. */
function answersOf(task: StoredTask, access: CaseAccess, bundle: Bundle, reader: Reader): Record<string, Json> {
  if (task.status !== "done" || !answersOpen(task.step, task.closedBy, bundle.compiled, access, reader)) return {};
  const context = contextOf(access.stored.state);
  const member = Object.values(context.members?.[task.step] ?? {}).find(({ by }) => by === task.closedBy);
  return member?.answers ?? context.steps[task.step]?.answers ?? {};
}

function earlierOf(
  task: StoredTask,
  access: CaseAccess,
  { compiled }: Bundle,
  reader: Reader,
  directory: { nameOf(person: string): string },
): TaskView["earlier"] {
  const context = contextOf(access.stored.state);
  const told: TaskView["earlier"] = [];
  for (const [step, memory] of Object.entries(context.steps)) {
    if (step === task.step && task.status === "open" && memory.at === undefined) continue;
    const members = Object.values(context.members?.[step] ?? {});
    for (const said of members.length > 0 ? members : [memory]) {
      if (said.at === undefined || !said.answers || Object.keys(said.answers).length === 0) continue;
      if (!answersOpen(step, said.by, compiled, access, reader)) continue;
      const drawn = compiled.map.steps.get(step)?.step;
      const form = drawn && "form" in drawn && drawn.form !== undefined ? compiled.forms.get(drawn.form) : undefined;
      told.push({
        step,
        title: drawn?.title ?? step,
        by: said.by ? directory.nameOf(said.by) : "the system",
        at: said.at,
        answers: Object.entries(said.answers).map(([question, value]) => ({
          title: titleOf(form, question),
          value,
        })),
      });
    }
  }
  return told.sort((a, b) => a.at - b.at);
}

function titleOf(form: Form | undefined, question: string): string {
  const found = form?.sections.flatMap(({ questions }) => questions).find(({ id }) => id === question);
  return found?.title ?? sentence(spelled(question));
}

/** The stored numbers that a form shows beside its questions, as of now. */
async function shownMetrics(runtime: Runtime, form: Form | undefined, access: CaseAccess): Promise<TaskView["shown"]> {
  const now = runtime.clock.now();
  const directory = await runtime.organisation.directory();
  const { state } = access.stored;
  const asked = (form?.sections ?? [])
    .flatMap(({ questions }) => questions)
    .flatMap(({ id, shows }) => {
      const metric = shows && runtime.catalogue.live.find("metric", shows.metric);
      if (!shows || !metric) return [];
      // A number beside a question is of the period that is judged, unless the form names another.
      const named = shows.window === undefined || shows.window === "$period";
      const window = named ? (state.period ?? undefined) : shows.window;
      const period = windowOf(window, metric, today(directory, now));
      const of = shows.of === undefined || shows.of === "$subject" ? (access.about ?? state.subject.id) : shows.of;
      return period ? [{ question: id, metric, window: period, of }] : [];
    });
  const facts = await runtime.facts.metrics(asked, now);
  return asked.map(({ question, metric }, i) => {
    const fact = facts[i]!;
    return {
      question,
      metric: metric.id,
      title: metric.title,
      value: fact.value ?? null,
      target: fact.target ?? null,
      attainment: fact.attainment ?? null,
      asOf: fact.asOf ?? null,
      stale: fact.stale,
    };
  });
}
