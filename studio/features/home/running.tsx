import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { HomeView } from "#engine/contract/views/cases.ts";
import { useMay } from "../../api/me.ts";
import { count, number, percent } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { Panel } from "../../ui/page.tsx";
import classes from "./home.module.css";

type Process = HomeView["running"][number];

/** What runs, each with how far it is. The denominator is named: a rate without it says nothing. */
export function Running({ running }: { running: HomeView["running"] }) {
  const launches = useMay("launch");
  return (
    <Panel title="Running" flush>
      {running.length === 0 && (
        <div className={classes.empty}>
          <p>Nothing runs yet.</p>
          {launches && (
            <Button component={Link} to="/design/workflow" variant="default" mt="xs">
              Launch a review cycle
            </Button>
          )}
        </div>
      )}
      {running.map((process) => (
        <ProcessLine key={`${process.definition.kind}/${process.definition.id}`} process={process} />
      ))}
    </Panel>
  );
}

function ProcessLine({ process }: { process: Process }) {
  const { completion } = process;
  const rate = completion.rate ?? 0;
  return (
    <div className={classes.running}>
      <div className={classes.runningHead}>
        <Link
          to={`/cases?definition=${process.definition.id}`}
          className={classes.title}
          style={{ color: "var(--ink)" }}
        >
          {process.definition.title}
        </Link>
        <span style={{ display: "inline-flex", gap: 6 }}>
          {process.blocked > 0 && <Chip tone="bad">{number(process.blocked)} blocked</Chip>}
          {process.overdue > 0 && <Chip tone="attention">{number(process.overdue)} late</Chip>}
          <Chip>{number(process.open)} open</Chip>
        </span>
      </div>
      {completion.rate === null ? (
        <p className={classes.under} style={{ marginTop: 6 }}>
          No task has come due yet; {count(process.closed, "case")} closed.
        </p>
      ) : (
        <>
          <div
            className={classes.bar}
            role="progressbar"
            aria-label={`${process.definition.title}: tasks done of those due`}
            aria-valuenow={Math.round(rate * 100)}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            <div className={classes.fill} style={{ width: `${rate * 100}%` }} />
          </div>
          <p className={classes.under}>
            {percent(rate, 1)}: {number(completion.completed)} of {count(completion.due, "required task")} done
            {completion.excluded.length > 0 &&
              `; not counted: ${completion.excluded.map((one) => `${number(one.count)} ${one.why}`).join(", ")}`}
          </p>
        </>
      )}
    </div>
  );
}
