import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { TaskView } from "#engine/contract/views/cases.ts";
import { handsIn, isEmpty, scoreOf } from "#engine/definition/form-answers.ts";
import { useAboutMe } from "../../api/about-me.ts";
import { useMaybeMe } from "../../api/me.ts";
import { useCall } from "../../api/use-call.ts";
import { clock } from "../../text/dates.ts";
import { words } from "../../text/kinds.ts";
import { count, number } from "../../text/number.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import { useNow, useTimeZone } from "../../ui/use-now.ts";
import { answersToSend, formState, type QuestionState, withoutBlanks } from "./form/form-state.ts";
import { TaskForm } from "./form/task-form.tsx";
import classes from "./inbox.module.css";
import { TaskContext, TaskHead } from "./task-head.tsx";
import { BackToTasks, CommentField, leadOf, OutcomeButtons, useFormOf } from "./task-parts.tsx";
import { PassButton, TogetherLine } from "./together.tsx";
import { type Draft, useDraft } from "./use-draft.ts";

const NO_QUESTIONS: Map<string, QuestionState> = new Map();

/** A task with its form, what is known, and its outcomes as buttons. */
export function TaskBody({ view, onBack, onSent }: { view: TaskView; onBack: () => void; onSent: () => void }) {
  const { task } = view;
  const me = useMaybeMe();
  const { form, unreadable } = useFormOf(view);
  const draft = useDraft(view);
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const state = useMemo(() => (form ? formState(form, draft.answers) : NO_QUESTIONS), [form, draft.answers]);
  const score = useMemo(() => (form ? scoreOf(form, withoutBlanks(draft.answers)).score : null), [form, draft.answers]);
  const command = useCall("command", { stale: ["tasks", "home", "case", "cases"] });
  const claim = useCall("command", { stale: ["tasks", "task"] });

  const wrong = [...state].filter(([, one]) => one.problem !== null).map(([id]) => id);
  const myself = me?.viewingAs?.id ?? me?.person?.id;
  const claimable = task.assignees.length > 1 && task.claimedBy === null;
  const now = useNow();
  const told = useAboutMe();
  const mayAct = view.mayAct && task.status === "open" && !(view.opensAt !== undefined && view.opensAt > now);
  const handsItIn = mayAct && view.mayHandIn !== false && !(view.leavesFrom !== undefined && view.leavesFrom > now);

  const send = (outcome: string) => {
    if (!handsItIn || command.isPending) return;
    setTried(true);
    // Who declines hands nothing in: what was answered must fit, and nothing is missing.
    const first = wrong.find((id) => handsIn(task.outcomes, outcome) || !isEmpty(draft.answers[id]));
    if (first) {
      document.getElementById(`question-${first}`)?.scrollIntoView({ block: "center" });
      document.querySelector<HTMLElement>(`#question-${first} input, #question-${first} textarea`)?.focus();
      return;
    }
    draft.stop();
    command.mutate(
      {
        params: { id: task.caseId },
        body: {
          command: {
            type: "complete",
            task: task.id,
            outcome,
            ...(form ? { answers: answersToSend(draft.answers, state) } : {}),
            ...(comment.trim() ? { comment: comment.trim() } : {}),
          },
        },
      },
      {
        onSuccess: () => {
          tell(`${told.line(task)}: ${words(outcome).toLowerCase()}.`);
          onSent();
        },
        onError: (error) => tellProblem(error, "It was not sent"),
      },
    );
  };
  const lead = leadOf(task.outcomes);
  useHotkeys([["mod+Enter", () => lead && send(lead)]], []);
  return (
    <>
      <div className={classes.scroll}>
        <div className={classes.inside}>
          <BackToTasks onBack={onBack} />
          <TaskHead task={task} />
          <TogetherLine view={view} now={now} />
          <TaskContext view={view} />
          {unreadable && <p className="bad">The form of this task cannot be read. Tell the person who designed it.</p>}
          {form && (
            <TaskForm
              form={form}
              answers={draft.answers}
              state={state}
              shown={view.shown}
              tried={tried}
              readOnly={!mayAct}
              onAnswer={draft.answer}
            />
          )}
          {handsItIn && (
            <CommentField
              description="Goes with your answer; whoever reads the case sees it."
              minRows={2}
              value={comment}
              onChange={setComment}
            />
          )}
        </div>
      </div>
      <div className={classes.foot}>
        <div className={classes.kept} role="status">
          {mayAct ? (
            <KeptLine kept={draft.kept} wrong={tried ? wrong.length : 0} />
          ) : task.status !== "open" ? (
            "This task is closed."
          ) : task.paused ? (
            "The case is paused. You can read this task, and do it when the case goes on."
          ) : (
            "You can read this task; somebody else does it."
          )}
        </div>
        {score !== null && (
          <span className="secondary">
            Score <strong className="numbers">{number(score, 2)}</strong>
          </span>
        )}
        {mayAct && claimable && (
          <Button
            variant="default"
            loading={claim.isPending}
            onClick={() =>
              claim.mutate(
                { params: { id: task.caseId }, body: { command: { type: "claim", task: task.id } } },
                { onSuccess: () => tell("It is yours now."), onError: (error) => tellProblem(error) },
              )
            }
          >
            Claim
          </Button>
        )}
        {task.claimedBy !== null && task.claimedBy === myself && <span className="quiet">claimed by you</span>}
        {mayAct && (
          <PassButton
            view={view}
            answers={answersToSend(draft.answers, state)}
            onPassed={() => {
              draft.stop();
              onSent();
            }}
          />
        )}
        {handsItIn && (
          <OutcomeButtons
            outcomes={task.outcomes}
            isLoading={(outcome) =>
              command.isPending &&
              command.variables?.body.command.type === "complete" &&
              command.variables.body.command.outcome === outcome
            }
            onChoose={send}
          />
        )}
      </div>
    </>
  );
}

function KeptLine({ kept, wrong }: { kept: Draft["kept"]; wrong: number }) {
  const zone = useTimeZone();
  if (wrong > 0) return <span className="bad">{count(wrong, "answer")} to look at before this can be sent.</span>;
  if (kept === null) return "What you type is kept as you go.";
  if (kept === "keeping") return "Keeping…";
  if ("problem" in kept) return <span className="bad">{kept.problem}</span>;
  return `Kept at ${clock(kept.at, zone)}.`;
}
