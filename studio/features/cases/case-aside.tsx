import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { CaseView } from "#engine/contract/views/cases.ts";
import { sentence, words } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { nameList } from "../../text/person.ts";
import { valueText } from "../../ui/json-value.tsx";
import { Facts, Panel } from "../../ui/page.tsx";
import { Due, When } from "../../ui/when.tsx";
import classes from "./case.module.css";

/** Beside the graph: who has to act, what will happen by itself, what is known, what belongs to it. */
export function CaseAside({ view }: { view: CaseView }) {
  const open = view.tasks.filter((task) => task.status === "open");
  const byPerson = Object.entries(
    Object.groupBy(
      view.possible.filter((one) => one.by.length > 0),
      (one) => one.step,
    ),
  ).flatMap(([step, ways]) => (ways ? [[step, ways] as const] : []));
  return (
    <div className={classes.column}>
      <Panel title="Who has to act">
        {open.length === 0 && <p className="secondary">Nobody, just now.</p>}
        {open.map((task) => (
          <div key={task.id} className={classes.task}>
            <div style={{ display: "flex", justifyContent: "space-between", gap: 12 }}>
              <strong>{task.title}</strong>
              <Button
                component={Link}
                size="compact-xs"
                variant="subtle"
                to={`/inbox?task=${encodeURIComponent(task.id)}`}
              >
                Open
              </Button>
            </div>
            <div>{nameList(task.assignees)}</div>
            <div className={classes.small}>
              <Due at={task.dueAt} overdue={task.overdue} paused={task.paused} />
            </div>
            {task.because && <div className={`${classes.small} quiet`}>{sentence(task.because)}</div>}
          </div>
        ))}
      </Panel>
      {view.timers.length > 0 && (
        <Panel title="By itself">
          {view.timers.map((timer) => (
            <div key={timer.id} className={classes.task}>
              {timer.title}
              <div className={`${classes.small} secondary`}>
                <When at={timer.dueAt} />, <When at={timer.dueAt} as="time" />
              </div>
            </div>
          ))}
        </Panel>
      )}
      {view.standing && view.standing.length > 0 && (
        <Panel title="Stands still">
          {view.standing.map((one) => (
            <div key={`${one.step}${one.title}`} className={classes.task}>
              {one.title}
              <div className={`${classes.small} secondary`}>
                since <When at={one.since} as="day" />: {sentence(one.because)}
              </div>
            </div>
          ))}
        </Panel>
      )}
      {view.session && (
        <Panel title="Session">
          <Facts
            rows={{
              Stands: words(view.session.status),
              ...(view.session.owner ? { Owner: view.session.owner.name } : {}),
              "Led by": nameList(view.session.facilitators) || "nobody yet",
              With: nameList(view.session.participants) || "nobody else",
              About: count(view.session.subjects.length, "person", "people"),
            }}
          />
        </Panel>
      )}
      {byPerson.length > 0 && (
        <Panel title="Possible next">
          {byPerson.map(([step, ways]) => (
            <div key={step} className={classes.task}>
              {ways[0]?.title}: {ways.map((one) => words(one.event).toLowerCase()).join(" or ")}
              <div className={`${classes.small} secondary`}>by {nameList(ways[0]?.by ?? [])}</div>
            </div>
          ))}
        </Panel>
      )}
      {view.data.length > 0 && (
        <Panel title="What is known">
          <Facts
            rows={Object.fromEntries(
              view.data.map((one) => [
                one.title,
                one.hidden ? (
                  <span key={one.name} className="quiet">
                    not released to you
                  </span>
                ) : (
                  valueText(one.value, one.percent)
                ),
              ]),
            )}
          />
        </Panel>
      )}
      {view.related.length > 0 && (
        <Panel title="Belongs to it">
          {view.related.map((one) => (
            <div key={`${one.relation}${one.caseId}`} className={classes.task}>
              <Link to={`/cases/${encodeURIComponent(one.caseId)}`}>{one.title}</Link>
              <div className={`${classes.small} secondary`}>
                {words(one.relation)}, {one.status}
              </div>
            </div>
          ))}
        </Panel>
      )}
      <Panel title="About">
        <Facts
          rows={{
            Subject:
              view.case.subject.kind === "person" ? (
                <Link to={`/people/${encodeURIComponent(view.case.subject.id)}`}>{view.case.subjectName}</Link>
              ) : (
                view.case.subjectName
              ),
            Unit: view.case.unit ?? "none",
            Opened: <When at={view.case.openedAt} as="time" />,
            ...(view.case.closedAt === null ? {} : { Closed: <When at={view.case.closedAt} as="time" /> }),
            Case: <span className="quiet">{view.case.id}</span>,
          }}
        />
      </Panel>
    </div>
  );
}
