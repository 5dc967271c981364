import { Link } from "react-router";
import type { TaskBrief, TaskView } from "#engine/contract/views/cases.ts";
import { useAboutMe } from "../../api/about-me.ts";
import { sentence } from "../../text/kinds.ts";
import { periodName } from "../../text/period.ts";
import { nameList } from "../../text/person.ts";
import { valueText } from "../../ui/json-value.tsx";
import { Facts } from "../../ui/page.tsx";
import { Due, When } from "../../ui/when.tsx";
import classes from "./inbox.module.css";

/** What the task is, about whom (or about how many), until when, and why it is mine. */
export function TaskHead({ task, many }: { task: TaskBrief; many?: string }) {
  const told = useAboutMe();
  const about =
    many !== undefined ? (
      many
    ) : told.isMine(task) ? (
      "you"
    ) : task.subject.kind === "person" ? (
      <Link to={`/people/${encodeURIComponent(task.subject.id)}`}>{task.subjectName}</Link>
    ) : (
      task.subjectName
    );
  return (
    <header>
      <h2 className={classes.title}>{task.title}</h2>
      <div className={classes.facts}>
        <span>About {about}</span>
        <span>
          <Link to={`/cases/${encodeURIComponent(task.caseId)}`}>{task.workflow.name}</Link>
          {task.period ? `, ${periodName(task.period)}` : ""}
        </span>
        <Due at={task.dueAt} overdue={task.overdue} paused={task.paused} />
        {task.assignees.length > 1 && <span>With {nameList(task.assignees)}</span>}
      </div>
      {task.because && (
        <p className="quiet" style={{ marginTop: 4 }}>
          Yours because: {sentence(told.toMe(task.because))}.{" "}
          <Link to={`/cases/${encodeURIComponent(task.caseId)}`}>Why?</Link>
        </p>
      )}
    </header>
  );
}

/** What the case already knows: its data, and what others answered before. */
export function TaskContext({ view }: { view: TaskView }) {
  return (
    <>
      {view.caseData.length > 0 && (
        <div className={classes.card}>
          <Facts
            rows={Object.fromEntries(view.caseData.map((one) => [one.title, valueText(one.value, one.percent)]))}
          />
        </div>
      )}
      {view.earlier.map((one) => (
        <details key={`${one.step}${one.at}`} className={classes.card} open={view.earlier.length === 1}>
          <summary>
            <strong>{one.title}</strong>{" "}
            <span className="secondary">
              by {one.by}, <When at={one.at} as="day" />
            </span>
          </summary>
          <dl className={classes.earlier} style={{ margin: 0 }}>
            {one.answers.map((answer) => (
              <div key={answer.title}>
                <dt>{answer.title}</dt>
                <dd>{valueText(answer.value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </>
  );
}
