import { Alert } from "@mantine/core";
import { Link } from "react-router";
import type { SystemView } from "#engine/contract/routes/operations.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { count, number } from "../../text/number.ts";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Facts, Figure, Figures, Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import classes from "./admin.module.css";
import { durationWords } from "./duration-words.ts";
import { UpkeepPanel } from "./upkeep-panel.tsx";

/** How the server does: what waits, what is late, and when everything was last verified, backed up and taken out. */
export default function SystemPage() {
  const system = useAnswer("system", {}, { every: 10_000 });
  return (
    <Page>
      <Crumbs items={[{ title: "System" }]} />
      {system.error && !system.data ? (
        <Failed error={system.error} retry={() => void system.refetch()} what="the system" />
      ) : !system.data ? (
        <ListSkeleton rows={6} height={64} />
      ) : (
        <Shown system={system.data} refetch={() => void system.refetch()} />
      )}
    </Page>
  );
}

function Shown({ system, refetch }: { system: SystemView; refetch: () => void }) {
  const { troubles, orphans, timers, outbox } = system;
  const silent = system.receivers.filter(({ pausedUntil }) => pausedUntil !== null).length;
  const attention = troubles.deadLetters + troubles.blocked + troubles.incidents;
  return (
    <>
      {system.causes.length > 0 && (
        <Alert color="bad" title="This server should get no traffic now" role="alert">
          <div className={classes.cause}>
            {system.causes.map(({ words }) => (
              <p key={words}>{words}</p>
            ))}
          </div>
        </Alert>
      )}
      {silent > 0 && (
        <Alert
          color="attention"
          title={silent === 1 ? "Another system does not answer" : "Other systems do not answer"}
          role="alert"
        >
          <div className={classes.cause}>
            {system.receivers.map(
              ({ name, failures, reason, pausedUntil }) =>
                pausedUntil !== null && (
                  <p key={name}>
                    {reason} ({count(failures, "failure")} in a row). What goes to {name} waits; it is tried again in{" "}
                    {durationWords(pausedUntil - system.now)}. All else goes on.
                  </p>
                ),
            )}
          </div>
        </Alert>
      )}
      <Figures>
        <Figure
          label="Forgotten cases"
          value={orphans === null ? "not counted yet" : number(orphans)}
          note={
            orphans === 0
              ? `Each of ${count(system.openCases, "open case")} has somebody or something to move it on`
              : "Open cases that nothing and nobody moves on: a mistake of ours, tell us"
          }
          {...(orphans ? { tone: "bad" as const } : {})}
        />
        <Figure
          label="Needs attention"
          value={<Link to="/admin">{number(attention)}</Link>}
          note={`${number(troubles.blocked)} blocked, ${count(troubles.deadLetters, "dead letter")}, ${count(troubles.incidents, "incident")}`}
          {...(attention > 0 ? { tone: "attention" as const } : {})}
        />
        <Figure
          label="Timers"
          value={number(timers.armed)}
          note={
            timers.overdue === 0
              ? "none is late"
              : `${number(timers.overdue)} late, the oldest by ${durationWords(timers.lagMs)}`
          }
          {...(timers.lagMs > 60_000 ? { tone: "attention" as const } : {})}
        />
        <Figure
          label="Waiting to be delivered"
          value={number(outbox.waiting + outbox.sending)}
          note={outbox.lagMs < 1000 ? "none is late" : `the oldest by ${durationWords(outbox.lagMs)}`}
        />
      </Figures>
      <UpkeepPanel system={system} onDone={refetch} />
      <Panel title="This server">
        <Facts
          rows={{
            Version: system.version,
            Database: `${system.database}, schema ${system.schema}`,
            "Up for": durationWords(system.uptimeSeconds * 1000),
            Memory: `${number(system.memoryMb)} MB`,
            "Busy at a time": `99 of 100 requests wait less than ${number(Math.round(system.eventLoopMs))} ms for another`,
            "Written together":
              system.batches.count === 0
                ? "nothing yet"
                : `${number(Math.round((10 * system.batches.works) / system.batches.count) / 10)} changes a batch, ${number(system.batches.count)} batches`,
            Ready: system.causes.length === 0 ? "yes" : "no, see above",
          }}
        />
      </Panel>
    </>
  );
}
