import type { Moment, Scenario } from "../definition/story.ts";
import { instantOf } from "../time/instant-text.ts";
import type { Zone } from "../time/zone.ts";
import { caseMeant, unmet } from "./expectations.ts";
import type { Refused, Stage } from "./stage.ts";
import { StoryError } from "./story-error.ts";

/**
 * Tells a story on a stage that stands at the story's beginning, its data in place. Answers what did not hold, as sentences;
 * empty where the story comes out as written. Throws where the story itself is wrong (a date that is none).
 * @param after called when it has begun, and after each of its moments
 */
export async function play(
  scenario: Scenario,
  stage: Stage,
  zone: Zone,
  after: (moment: Moment | null) => void = () => {},
): Promise<string[]> {
  const { definition, subject, period, trigger, with: data, together } = scenario;
  const refused = await stage.start({ definition, subject, period, trigger, with: data, together });
  if (refused) return [`it does not start: ${refused.message}`];
  const failures: string[] = [];
  after(null);
  for (const [position, moment] of scenario.moments.entries()) {
    const where = `moment ${position + 1}${moment.at ? ` (${moment.at})` : ""}`;
    if (moment.at) await stage.advanceTo(instantIn(moment.at, zone));
    if (moment.figures) await stage.figures(moment.figures);
    if (moment.people) await stage.people(moment.people);
    const answer = await happen(stage, moment);
    if (answer && moment.refused !== answer.code)
      failures.push(`${where}: refused (${answer.code}): ${answer.message}`);
    if (!answer && moment.refused) failures.push(`${where}: should have been refused with ${moment.refused}`);
    for (const expected of [moment.expect ?? []].flat()) {
      for (const failure of await unmet(stage, expected)) failures.push(`${where}: ${failure}`);
    }
    after(moment);
  }
  return failures;
}

/** The instant that a story's text names. Throws where it names none. */
export function instantIn(text: string, zone: Zone): number {
  const at = instantOf(text, zone, "start");
  if (at === undefined) throw new StoryError(`"${text}" is no date and time`);
  return at;
}

async function happen(stage: Stage, moment: Moment): Promise<Refused | undefined> {
  const { start, complete, pass, transfer, event, answer, cancel, retry } = moment;
  if (start) return stage.start(start);
  if (complete) {
    const { state } = await caseMeant(stage, complete);
    const open = Object.values(state.tasks).filter((task) => task.step === complete.step);
    const task = open.find(({ assignees }) => complete.by !== undefined && assignees.includes(complete.by)) ?? open[0];
    if (!task) return { code: "no-such-task", message: `no open task at "${complete.step}"` };
    return stage.send(state.id, {
      type: "complete",
      task: task.id,
      outcome: complete.outcome,
      answers: complete.answers ?? {},
      ...(complete.rows ? { rows: complete.rows } : {}),
      by: complete.by ?? task.assignees[0] ?? null,
    });
  }
  if (pass) {
    const { state } = await caseMeant(stage, pass);
    const task = Object.values(state.tasks).find(({ step }) => step === pass.step);
    if (!task) return { code: "no-such-task", message: `no open task at "${pass.step}"` };
    const { to, answers } = pass;
    const sent = { ...(to ? { to } : {}), ...(answers ? { answers } : {}) };
    return stage.send(state.id, { type: "pass", task: task.id, ...sent, by: pass.by ?? task.assignees[0] ?? null });
  }
  if (transfer) {
    const { state } = await caseMeant(stage, transfer);
    const task = Object.values(state.tasks).find(({ step }) => step === transfer.step);
    if (!task) return { code: "no-such-task", message: `no open task at "${transfer.step}"` };
    const { to, reason } = transfer;
    return stage.send(state.id, { type: "transfer", task: task.id, to, reason, by: task.assignees[0] ?? null });
  }
  if (event) {
    const { state } = await caseMeant(stage, event);
    return stage.send(state.id, {
      type: "event",
      event: event.event,
      data: event.data ?? {},
      by: event.by ?? null,
    });
  }
  if (answer) {
    const { state } = await caseMeant(stage, answer);
    const pending = state.pending.find(({ step }) => step === answer.step);
    if (!pending) return { code: "not-possible", message: `"${answer.step}" waits for no answer` };
    const { outcome, data } = answer;
    return stage.send(state.id, { type: "answer", effect: pending.effect, outcome, data: data ?? {} });
  }
  if (cancel) {
    const { state } = await caseMeant(stage, cancel);
    return stage.send(state.id, { type: "cancel", reason: cancel.reason, by: null });
  }
  for (const type of ["pause", "resume"] as const) {
    const whole = moment[type];
    if (!whole) continue;
    const { state } = await caseMeant(stage, whole);
    return stage.send(state.id, { type, reason: whole.reason, by: null });
  }
  if (retry) {
    const { state } = await caseMeant(stage, retry);
    return stage.send(state.id, { type: "retry", reason: retry.reason, by: null });
  }
  return undefined;
}
