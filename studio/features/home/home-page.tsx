import { useMe } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { count, number } from "../../text/number.ts";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Figure, Figures, Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { Blocked, Late } from "./case-lists.tsx";
import classes from "./home.module.css";
import { NeedsMe } from "./needs-me.tsx";
import { Running } from "./running.tsx";
import { Upcoming } from "./upcoming.tsx";

/** Home: what needs me, what runs, what is late, what comes, in one screen. */
export default function HomePage() {
  const me = useMe();
  const home = useAnswer("home", {});
  if (home.error && !home.data) {
    return (
      <Page>
        <Crumbs items={[{ title: "Home" }]} />
        <Failed error={home.error} retry={() => void home.refetch()} />
      </Page>
    );
  }
  if (!home.data) {
    return (
      <Page>
        <Crumbs items={[{ title: "Home" }]} />
        <Panel flush>
          <ListSkeleton rows={12} />
        </Panel>
      </Page>
    );
  }
  const view = home.data;
  const open = view.running.reduce((sum, one) => sum + one.open, 0);
  const overdue = view.running.reduce((sum, one) => sum + one.overdue, 0);
  const blocked = view.running.reduce((sum, one) => sum + one.blocked, 0);
  const administers = me.may.includes("administer");
  return (
    <Page>
      <Crumbs items={[{ title: "Home" }]} />
      <Figures>
        <Figure
          label="Waiting for me"
          value={number(view.mine.open)}
          note={
            view.mine.open === 0
              ? "nothing to do"
              : view.mine.overdue > 0
                ? `${number(view.mine.overdue)} of them late`
                : "none of them late"
          }
          {...(view.mine.overdue > 0 ? { tone: "bad" as const } : {})}
        />
        <Figure
          label="Open cases"
          value={number(open)}
          note={`in ${count(view.running.length, "process", "processes")}`}
        />
        <Figure
          label="Late"
          value={number(overdue)}
          note={overdue === 0 ? "everything is on time" : "past their due date"}
          {...(overdue > 0 ? { tone: "attention" as const } : {})}
        />
        <Figure
          label="Blocked"
          value={number(blocked)}
          note={blocked === 0 ? "nothing is stuck" : "need somebody to act"}
          {...(blocked > 0 ? { tone: "bad" as const } : {})}
        />
        {administers && (
          <Figure
            label="Left alone"
            value={number(view.orphans)}
            note={
              view.orphans === 0
                ? "every open case has somebody or a date that moves it on"
                : "open cases that nobody and nothing moves on"
            }
            {...(view.orphans > 0 ? { tone: "bad" as const } : { tone: "good" as const })}
          />
        )}
      </Figures>
      <div className={classes.columns}>
        <div className={classes.column}>
          <NeedsMe mine={view.mine} />
          <Running running={view.running} />
        </div>
        <div className={classes.column}>
          <Late cases={view.late} />
          {view.blocked.length > 0 && <Blocked cases={view.blocked} />}
          <Upcoming upcoming={view.upcoming} deadEffects={administers ? view.deadEffects : 0} />
        </div>
      </div>
    </Page>
  );
}
