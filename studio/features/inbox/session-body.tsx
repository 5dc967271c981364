import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { TaskRow, TaskView } from "#engine/contract/views/cases.ts";
import type { Form, Question } from "#engine/definition/form.ts";
import { handsIn } from "#engine/definition/form-answers.ts";
import type { Json } from "#engine/words/json.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { isObject } from "../../document/json-value.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { deed } from "../../text/outcomes.ts";
import { nameList } from "../../text/person.ts";
import { Chip } from "../../ui/chip.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import { datumText } from "./datum-text.ts";
import { type Answers, answersToSend, formState } from "./form/form-state.ts";
import { ratingSteps } from "./form/rating.tsx";
import { TaskForm } from "./form/task-form.tsx";
import classes from "./inbox.module.css";
import { RatingStrip } from "./rating-strip.tsx";
import { TaskHead } from "./task-head.tsx";
import { BackToTasks, CommentField, OutcomeButtons, useFormOf } from "./task-parts.tsx";
import { useDraft } from "./use-draft.ts";
import { useRowKeys } from "./use-row-keys.ts";

const STATUS = { "set-up": "Being set up", "in-progress": "In progress", final: "Final" };

/** A calibration session: everybody it is about, their ratings side by side, how they spread; only its facilitators edit. */
export function SessionBody({
  view,
  rows,
  onBack,
  onSent,
}: {
  view: TaskView;
  rows: readonly TaskRow[];
  onBack: () => void;
  onSent: () => void;
}) {
  const { task } = view;
  const about = useAnswer("case", { params: { id: task.caseId } });
  const session = about.data?.session;
  const { form } = useFormOf(view);
  const rated = form?.sections.flatMap((section) => section.questions).find((question) => question.type === "rating");
  const draft = useDraft(view);
  const kept = isObject(draft.answers.rows) ? draft.answers.rows : {};
  const [open, setOpen] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const command = useCall("command", { stale: ["tasks", "task", "home", "case", "cases"] });
  const final = session?.status === "final" || task.status !== "open";
  const edits = view.mayAct && !final;

  const answersOf = (row: TaskRow): Answers => (isObject(kept[row.id]) ? (kept[row.id] as Answers) : {});
  const set = (row: TaskRow, question: string, value: Json) =>
    draft.answer("rows", { ...kept, [row.id]: { ...answersOf(row), [question]: value } });
  const states = new Map(rows.map((row) => [row.id, form ? formState(form, answersOf(row)) : new Map()]));
  const missing = rows.filter((row) => [...(states.get(row.id) ?? [])].some(([, one]) => one.problem !== null));
  const columns = [...new Map(rows.flatMap((row) => row.caseData).map((one) => [one.name, one.title]))];

  const send = (outcome: string) => {
    if (command.isPending) return;
    setTried(true);
    if (handsIn(task.outcomes, outcome) && missing[0]) {
      setOpen(missing[0].id);
      document.querySelector<HTMLElement>(`[data-row="${CSS.escape(missing[0].id)}"]`)?.focus();
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
            ...(form
              ? {
                  rows: Object.fromEntries(
                    rows.map((row) => [row.id, answersToSend(answersOf(row), states.get(row.id) ?? new Map())]),
                  ),
                }
              : {}),
            ...(comment.trim() ? { comment: comment.trim() } : {}),
          },
        },
      },
      {
        onSuccess: () => {
          tell(`The session is over: ${deed(outcome).toLowerCase()}, ${count(rows.length, "person", "people")}.`);
          onSent();
        },
        onError: (error) => tellProblem(error, "It was not sent"),
      },
    );
  };
  const keys = useRowKeys((key, id) => {
    const row = rows.find((one) => one.id === id);
    if (!row || !edits) return false;
    const step = rated && form ? ratingSteps(form, rated)[Number(key) - 1] : undefined;
    if (rated && step && /^[1-9]$/.test(key)) set(row, rated.id, step.value);
    else if (key === "Enter") setOpen((old) => (old === id ? null : id));
    else return false;
    return true;
  });
  return (
    <>
      <div className={classes.scroll}>
        <div className={classes.wide}>
          <BackToTasks onBack={onBack} />
          <TaskHead task={task} many={count(rows.length, "person", "people")} />
          {session && (
            <div className={classes.session}>
              <Chip tone={session.status === "final" ? "good" : "accent"}>{STATUS[session.status]}</Chip>
              {session.facilitators.length > 0 && <span>Led by {nameList(session.facilitators)}</span>}
              {session.participants.length > 0 && (
                <span className="secondary">with {nameList(session.participants)}</span>
              )}
              {!edits && (
                <span className="secondary">
                  {final
                    ? "It is final: nothing can be changed."
                    : "Only whoever leads the session can change ratings."}
                </span>
              )}
            </div>
          )}
          {form && rated && (
            <RatingStrip
              steps={ratingSteps(form, rated)}
              values={rows.map((row) => answersOf(row)[rated.id])}
              title={rated.title}
            />
          )}
          <div className={classes.tableBox}>
            <table className={classes.rows} aria-label="Everybody in this session">
              <thead>
                <tr>
                  <th>Who</th>
                  {columns.map(([name, title]) => (
                    <th key={name}>{title}</th>
                  ))}
                  {rated && <th>{rated.title}</th>}
                  <th>
                    <span className="unseen">More</span>
                  </th>
                </tr>
              </thead>
              <tbody {...keys}>
                {rows.map((row) => (
                  <SessionRow
                    key={row.id}
                    row={row}
                    columns={columns}
                    form={form}
                    rated={rated}
                    answers={answersOf(row)}
                    state={states.get(row.id) ?? new Map()}
                    tried={tried}
                    edits={edits}
                    open={open === row.id}
                    onOpen={() => setOpen((old) => (old === row.id ? null : row.id))}
                    onAnswer={(question, value) => set(row, question, value)}
                  />
                ))}
              </tbody>
            </table>
          </div>
          {edits && (
            <CommentField description="On the whole session." minRows={1} value={comment} onChange={setComment} />
          )}
        </div>
      </div>
      <div className={classes.foot}>
        <div className={classes.kept} role="status">
          {missing.length === 0
            ? "Everybody has an answer."
            : `${count(missing.length, "person is", "people are")} not finished.`}
        </div>
        {edits && <OutcomeButtons outcomes={task.outcomes} isLoading={() => command.isPending} onChoose={send} />}
      </div>
    </>
  );
}

function SessionRow(props: {
  row: TaskRow;
  columns: readonly (readonly [string, string])[];
  form: Form | null;
  rated: Question | undefined;
  answers: Answers;
  state: ReturnType<typeof formState>;
  tried: boolean;
  edits: boolean;
  open: boolean;
  onOpen: () => void;
  onAnswer: (question: string, value: Json) => void;
}) {
  const { row, form, rated, answers, state } = props;
  const unfinished = [...state.values()].some((one) => one.problem !== null);
  return (
    <>
      <tr data-row={row.id} tabIndex={0} aria-label={row.subjectName}>
        <th scope="row">
          <Link to={`/cases/${encodeURIComponent(row.caseId)}`}>{sentence(row.subjectName)}</Link>
          {props.tried && unfinished && <div className="bad">Not finished</div>}
        </th>
        {props.columns.map(([name]) => (
          <td key={name}>{datumText(row.caseData, name)}</td>
        ))}
        {form && rated && (
          <td>
            {/* biome-ignore lint/a11y/useSemanticElements: a row of toggle buttons in a table cell */}
            <div className={classes.steps} role="group" aria-label={`${rated.title}: ${row.subjectName}`}>
              {ratingSteps(form, rated).map((step) => (
                <button
                  key={step.value}
                  type="button"
                  className={classes.stepButton}
                  title={step.label}
                  aria-label={`${step.value} ${step.label}`}
                  aria-pressed={answers[rated.id] === step.value}
                  disabled={!props.edits}
                  onClick={() => props.onAnswer(rated.id, step.value)}
                >
                  {step.value}
                </button>
              ))}
            </div>
          </td>
        )}
        <td>
          {form && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={props.open}
              aria-label={`All of ${row.subjectName}`}
              onClick={props.onOpen}
            >
              {props.open ? "Less" : "More"}
            </Button>
          )}
        </td>
      </tr>
      {form && props.open && (
        <tr>
          <td colSpan={props.columns.length + 3}>
            <TaskForm
              form={form}
              answers={answers}
              state={state}
              shown={[]}
              tried={props.tried}
              readOnly={!props.edits}
              onAnswer={props.onAnswer}
            />
          </td>
        </tr>
      )}
    </>
  );
}
