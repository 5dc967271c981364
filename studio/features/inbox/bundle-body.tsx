import { Button, Checkbox } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { TaskRow, TaskView } from "#engine/contract/views/cases.ts";
import { handsIn, isEmpty } from "#engine/definition/form-answers.ts";
import { useCall } from "../../api/use-call.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { deed } from "../../text/outcomes.ts";
import { useShortcutGroup } from "../../ui/shortcuts.ts";
import { tell, tellProblem } from "../../ui/tell.ts";
import { Due } from "../../ui/when.tsx";
import { keepPicks, type Picked, type Picks, pick, pickedOf, tally } from "./bundle-picks.ts";
import { datumText } from "./datum-text.ts";
import { answersToSend, formState } from "./form/form-state.ts";
import { TaskForm } from "./form/task-form.tsx";
import classes from "./inbox.module.css";
import { TaskHead } from "./task-head.tsx";
import { BackToTasks, CommentField, OutcomeButtons, useFormOf } from "./task-parts.tsx";
import { useDraft } from "./use-draft.ts";
import { useRowKeys } from "./use-row-keys.ts";

const KEYS = {
  title: "One task of many",
  keys: [
    ["↑ ↓", "From row to row"],
    ["Space", "Choose the row, or not"],
    ["1, 2, …", "Pick the first, second outcome for this row; again: not"],
    ["Ctrl Enter", "Send what was picked"],
    ["A", "Choose all, or none"],
  ] as [string, string][],
};

/**
 * One task that stands for many: an outcome is picked for single rows and sent for all of them at once, or the rows that are
 * chosen get one outcome together. Nothing leaves by a single key, as what is answered cannot be taken back.
 */
export function BundleBody({
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
  useShortcutGroup(KEYS);
  const { task } = view;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(rows.map((row) => row.id)));
  const [picks, setPicks] = useState<Picks>(new Map());
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const { form } = useFormOf(view);
  const draft = useDraft(view);
  const state = useMemo(() => (form ? formState(form, draft.answers) : null), [form, draft.answers]);
  const answer = useCall("answerRows", { stale: ["tasks", "task", "home", "case", "cases"] });
  const open = rows.filter((row) => chosen.has(row.id));
  const picked = pickedOf(picks, rows);
  const columns = [...new Map(rows.flatMap((row) => row.caseData).map((one) => [one.name, one.title]))];
  const toggle = (id: string) =>
    setChosen((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id])));
  const toggleAll = () => setChosen(open.length === rows.length ? new Set() : new Set(rows.map((row) => row.id)));

  const send = (what: readonly Picked[]) => {
    if (answer.isPending || what.length === 0) return;
    setTried(true);
    const hands = what.some(({ outcome }) => handsIn(task.outcomes, outcome));
    const wrong = [...(state ?? [])].some(
      ([id, one]) => one.problem !== null && (hands || !isEmpty(draft.answers[id])),
    );
    if (wrong) {
      document.getElementById("bundle-answers")?.scrollIntoView({ block: "center" });
      return;
    }
    const answers = form && state ? answersToSend(draft.answers, state) : undefined;
    answer.mutate(
      {
        params: { id: task.id },
        body: {
          rows: what.map(({ row, outcome }) => ({
            task: row,
            outcome,
            ...(answers ? { answers } : {}),
            ...(comment.trim() ? { comment: comment.trim() } : {}),
          })),
        },
      },
      {
        onSuccess: ({ done, results }) => {
          const failed = results.filter((one) => !one.ok);
          setRefused(new Map(failed.map((one) => [one.task, one.message])));
          setPicks(keepPicks(picks, new Set(failed.map((one) => one.task))));
          if (done > 0) tell(`${count(done, "row")} answered: ${tally(what.map(({ outcome }) => deed(outcome)))}.`);
          if (failed.length > 0) tellProblem(new Error(`${count(failed.length, "row")} could not be: see the table.`));
          else if (done === rows.length) {
            draft.stop();
            onSent();
          }
        },
        onError: (error) => tellProblem(error, "Nothing was sent"),
      },
    );
  };
  const keys = useRowKeys((key, id) => {
    const row = rows.find((one) => one.id === id);
    const outcome = /^[1-9]$/.test(key) ? task.outcomes[Number(key) - 1] : undefined;
    if (row && outcome && view.mayAct) setPicks(pick(picks, row.id, outcome));
    else if (key === " ") toggle(id);
    else if (key.toLowerCase() === "a") toggleAll();
    else return false;
    return true;
  });
  useHotkeys([["mod+Enter", () => view.mayAct && send(picked)]], []);
  return (
    <>
      <div className={classes.scroll}>
        <div className={classes.wide}>
          <BackToTasks onBack={onBack} />
          <TaskHead task={task} many={count(rows.length, "row")} />
          <div className={classes.tableBox}>
            <table className={classes.rows} aria-label="Rows of this task">
              <thead>
                <tr>
                  <th>
                    <Checkbox
                      aria-label="Choose all rows"
                      checked={open.length === rows.length}
                      indeterminate={open.length > 0 && open.length < rows.length}
                      onChange={toggleAll}
                    />
                  </th>
                  <th>About</th>
                  {columns.map(([name, title]) => (
                    <th key={name}>{title}</th>
                  ))}
                  <th>Due</th>
                  <th>
                    <span className="unseen">Answer this row</span>
                  </th>
                </tr>
              </thead>
              <tbody {...keys}>
                {rows.map((row) => (
                  <tr key={row.id} data-row={row.id} data-chosen={chosen.has(row.id) || undefined} tabIndex={0}>
                    <td>
                      <Checkbox
                        aria-label={`Choose ${row.subjectName}`}
                        checked={chosen.has(row.id)}
                        onChange={() => toggle(row.id)}
                      />
                    </td>
                    <th scope="row">
                      <Link to={`/cases/${encodeURIComponent(row.caseId)}`}>{sentence(row.subjectName)}</Link>
                      <div className={refused.has(row.id) ? "bad" : "quiet"}>
                        {refused.get(row.id) ?? sentence(row.because)}
                      </div>
                    </th>
                    {columns.map(([name]) => (
                      <td key={name}>{datumText(row.caseData, name)}</td>
                    ))}
                    <td>
                      <Due at={row.dueAt} overdue={row.overdue} />
                    </td>
                    <td className={classes.rowDeeds}>
                      {view.mayAct &&
                        task.outcomes.map((outcome) => (
                          <Button
                            key={outcome}
                            size="compact-xs"
                            variant={picks.get(row.id) === outcome ? "filled" : "default"}
                            aria-pressed={picks.get(row.id) === outcome}
                            aria-label={`${deed(outcome)}: ${row.subjectName}`}
                            onClick={() => setPicks(pick(picks, row.id, outcome))}
                          >
                            {deed(outcome)}
                          </Button>
                        ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {form && state && (
            <div id="bundle-answers" className={classes.card}>
              <p className="secondary">What you answer here goes to each row that you send.</p>
              <TaskForm
                form={form}
                answers={draft.answers}
                state={state}
                shown={[]}
                tried={tried}
                readOnly={!view.mayAct}
                onAnswer={draft.answer}
              />
            </div>
          )}
          {view.mayAct && (
            <CommentField
              description="Goes with the answer of each row you send."
              minRows={1}
              value={comment}
              onChange={setComment}
            />
          )}
        </div>
      </div>
      <div className={classes.foot}>
        <div className={classes.kept} role="status">
          {picked.length > 0
            ? `Picked: ${tally(picked.map(({ outcome }) => deed(outcome)))}. Nothing is sent yet.`
            : open.length === 0
              ? "Choose rows to answer them together."
              : `${count(open.length, "row")} chosen.`}
        </div>
        {view.mayAct && picked.length > 0 && (
          <>
            <Button variant="default" onClick={() => setPicks(new Map())}>
              Pick none
            </Button>
            <Button loading={answer.isPending} onClick={() => send(picked)}>
              Send {count(picked.length, "answer")}
            </Button>
          </>
        )}
        {view.mayAct && picked.length === 0 && (
          <OutcomeButtons
            outcomes={task.outcomes}
            disabled={open.length === 0}
            isLoading={() => answer.isPending}
            onChoose={(outcome) => send(open.map((row) => ({ row: row.id, outcome })))}
            more={open.length > 1 && ` all ${open.length}`}
          />
        )}
      </div>
    </>
  );
}
