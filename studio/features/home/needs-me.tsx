import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { HomeView } from "#engine/contract/views/cases.ts";
import { useAboutMe } from "../../api/about-me.ts";
import { periodName } from "../../text/period.ts";
import { Panel } from "../../ui/page.tsx";
import { Due } from "../../ui/when.tsx";
import classes from "./home.module.css";

/** My next tasks, the most urgent first. */
export function NeedsMe({ mine }: { mine: HomeView["mine"] }) {
  const told = useAboutMe();
  return (
    <Panel
      title="Needs me"
      flush
      actions={
        mine.open > 0 && (
          <Button component={Link} to="/inbox" variant="subtle" size="compact-sm">
            {mine.open > mine.next.length ? `All ${mine.open}` : "Open the inbox"}
          </Button>
        )
      }
    >
      {mine.next.length === 0 && (
        <p className={classes.empty}>Nothing waits for you. New tasks appear here and in your inbox.</p>
      )}
      {mine.next.map((task) => (
        <Link key={task.id} to={`/inbox?task=${encodeURIComponent(task.id)}`} className={classes.line}>
          <div className={classes.main}>
            <div className={`${classes.title} clip`}>{told.line(task)}</div>
            <div className={`${classes.under} clip`}>
              {[task.workflow.name, task.period ? periodName(task.period) : null].filter(Boolean).join(" · ")}
            </div>
          </div>
          <div className={classes.aside}>
            <Due at={task.dueAt} overdue={task.overdue} paused={task.paused} />
          </div>
        </Link>
      ))}
    </Panel>
  );
}
