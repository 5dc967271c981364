import { Button, Checkbox, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { TroubleView } from "#engine/contract/routes/operations.ts";
import { useAnswer, usePages } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { useJob } from "../../api/use-job.ts";
import { count, number } from "../../text/number.ts";
import { JobProgress } from "../../ui/job-progress.tsx";
import { Panel } from "../../ui/page.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { tellProblem } from "../../ui/tell.ts";
import { useFilters } from "../../ui/use-filters.ts";
import { When } from "../../ui/when.tsx";
import classes from "./admin.module.css";
import { ACTIONS, type FixAction, KINDS, type TroubleKind } from "./trouble-words.ts";

/** What waits for an administrator: why in words, what helps, and the ways to put it right, one or many at once. */
export function TroubleList() {
  const { values, set } = useFilters(["kind"]);
  const kind = (Object.keys(KINDS) as TroubleKind[]).find((one) => one === values.kind) ?? "blocked";
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<{ action: FixAction; ids: string[] } | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const troubles = usePages("troubles", { query: { kind, limit: 50 } });
  const system = useAnswer("system", {}, { every: 15_000 });
  const counts = system.data?.troubles;
  const fix = useCall("fixTroubles", { onDone: (job) => setJobId(job.id) });
  const job = useJob(jobId, () => {
    setChosen(new Set());
    troubles.refetch();
    void system.refetch();
  });
  const items = troubles.items ?? [];
  const here = items.filter(({ id }) => chosen.has(id));
  const possible = (Object.keys(ACTIONS) as FixAction[]).filter((action) =>
    (here.length > 0 ? here : items).every(({ can }) => can.includes(action)),
  );
  const choose = (id: string, on: boolean) =>
    setChosen((now) => new Set(on ? [...now, id] : [...now].filter((one) => one !== id)));
  return (
    <div className={classes.stack}>
      <SegmentedControl
        className={classes.kinds}
        aria-label="Which troubles"
        value={kind}
        onChange={(value) => {
          setChosen(new Set());
          set("kind", value);
        }}
        data={(Object.keys(KINDS) as TroubleKind[]).map((one) => ({
          value: one,
          label: counts ? `${KINDS[one].title} (${number(KINDS[one].count(counts))})` : KINDS[one].title,
        }))}
      />
      {job && (
        <Panel>
          <JobProgress job={job} />
        </Panel>
      )}
      <Panel
        flush
        title={troubles.items ? KINDS[kind].heading(troubles.total) : KINDS[kind].title}
        note={KINDS[kind].meaning}
        actions={
          items.length > 0 && (
            <>
              <Checkbox
                label={here.length > 0 ? `${number(here.length)} chosen` : "Choose all"}
                checked={here.length === items.length}
                indeterminate={here.length > 0 && here.length < items.length}
                onChange={(event) => setChosen(new Set(event.currentTarget.checked ? items.map(({ id }) => id) : []))}
              />
              {here.length > 0 &&
                possible.map((action) => (
                  <Button
                    key={action}
                    size="compact-sm"
                    variant={action === "retry" ? "filled" : "default"}
                    onClick={() => setAsking({ action, ids: here.map(({ id }) => id) })}
                  >
                    {ACTIONS[action].verb}
                  </Button>
                ))}
            </>
          )
        }
      >
        {troubles.error && !troubles.items ? (
          <Failed error={troubles.error} retry={troubles.refetch} what="the troubles" />
        ) : !troubles.items ? (
          <ListSkeleton rows={4} height={92} />
        ) : items.length === 0 ? (
          <Nothing title={KINDS[kind].none}>{KINDS[kind].noneMore}</Nothing>
        ) : (
          <ul className={classes.troubles}>
            {items.map((one) => (
              <Trouble
                key={one.id}
                one={one}
                chosen={chosen.has(one.id)}
                onChoose={(on) => choose(one.id, on)}
                onAct={(action) => setAsking({ action, ids: [one.id] })}
              />
            ))}
          </ul>
        )}
        {troubles.hasMore && (
          <Button variant="subtle" fullWidth loading={troubles.isLoadingMore} onClick={troubles.more}>
            Show more
          </Button>
        )}
      </Panel>
      {asking && (
        <ReasonDialog
          title={`${ACTIONS[asking.action].verb}: ${count(asking.ids.length, "trouble")}`}
          explain={ACTIONS[asking.action].explain}
          confirm={ACTIONS[asking.action].verb}
          danger={asking.action === "cancel"}
          busy={fix.isPending}
          onClose={() => setAsking(null)}
          onConfirm={(reason) =>
            fix.mutate(
              { body: { ids: asking.ids, action: asking.action, reason } },
              { onSuccess: () => setAsking(null), onError: (error) => tellProblem(error) },
            )
          }
        />
      )}
    </div>
  );
}

function Trouble(props: {
  one: TroubleView;
  chosen: boolean;
  onChoose: (on: boolean) => void;
  onAct: (action: FixAction) => void;
}) {
  const { one } = props;
  return (
    <li className={classes.trouble} data-chosen={props.chosen || undefined}>
      <Checkbox
        aria-label={`Choose ${one.title}`}
        checked={props.chosen}
        onChange={(event) => props.onChoose(event.currentTarget.checked)}
      />
      <div className={classes.what}>
        <h3 className={classes.name}>
          {one.caseId ? <Link to={`/cases/${encodeURIComponent(one.caseId)}`}>{one.title}</Link> : one.title}
        </h3>
        <p className={classes.why}>{one.why}</p>
        <p className="secondary">{one.hint}</p>
        <p className={classes.about}>
          {one.step && <span>At {one.step}</span>}
          <span>
            since <When at={one.at} />
          </span>
          {one.tries > 0 && <span>{count(one.tries, "try", "tries")}</span>}
          {one.kind === "dead-letter" && one.caseId && (
            <Link to={`/cases/${encodeURIComponent(one.caseId)}`}>{one.caseTitle ?? "Open the case"}</Link>
          )}
          {one.subject?.kind === "person" && (
            <Link to={`/people/${encodeURIComponent(one.subject.id)}`}>{one.subject.name}'s data</Link>
          )}
          {one.definition && (
            <Link to={`/design/${one.definition.kind}/${encodeURIComponent(one.definition.id)}`}>
              {one.definition.title}
            </Link>
          )}
        </p>
      </div>
      <div className={classes.ways}>
        {one.can.map((action) => (
          <Button
            key={action}
            size="compact-sm"
            variant={action === "retry" ? "light" : "default"}
            onClick={() => props.onAct(action)}
          >
            {ACTIONS[action].verb}
          </Button>
        ))}
      </div>
    </li>
  );
}
