import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "react-router";
import type { Answer } from "../../api/call.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { useJob } from "../../api/use-job.ts";
import { words } from "../../text/kinds.ts";
import { count, number } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { JobProgress } from "../../ui/job-progress.tsx";
import { Figure, Figures, Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import classes from "./imports.module.css";
import { Mapping } from "./mapping.tsx";

type Import = Answer<"import">;

/** One import: which column is what, what it would do, what it refuses, and doing it. */
export default function ImportPage() {
  const { id = "" } = useParams();
  const answer = useAnswer("import", { params: { id } });
  return (
    <Page>
      <Crumbs items={[{ title: "Imports", to: "/imports" }, { title: answer.data?.fileName ?? "Import" }]}>
        {answer.data && (
          <Chip tone="outline">
            {answer.data.encoding}, separated by {separator(answer.data.separator)}
          </Chip>
        )}
      </Crumbs>
      {answer.error && !answer.data ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="this import" />
      ) : !answer.data ? (
        <Panel flush>
          <ListSkeleton rows={10} />
        </Panel>
      ) : (
        <OneImport view={answer.data} onChanged={() => void answer.refetch()} />
      )}
    </Page>
  );
}

function OneImport({ view, onChanged }: { view: Import; onChanged: () => void }) {
  const [skip, setSkip] = useState(false);
  const apply = useCall("applyImport", { stale: ["imports", "import", "people", "units", "metrics"] });
  const job = useJob(apply.data?.id ?? (view.status === "applying" ? view.job : null), onChanged);
  const { counts } = view;
  const missing = view.fields.filter((field) => field.required && !Object.values(view.mapping).includes(field.name));
  const todo = counts.added + counts.changed + counts.moved + counts.left;
  const refused = counts.refused > 0 && !skip;
  // Not one column could be read: there is nothing to map, only another file to choose.
  if (view.columns.length === 0) {
    return (
      <Panel>
        <Nothing
          title="This file could not be read"
          action={
            <Button component={Link} to={`/imports?kind=${view.kind}`} variant="default">
              Choose another file
            </Button>
          }
        >
          {view.issues.map((issue) => `${issue.message} ${issue.hint ?? ""}`.trim()).join(" ")}
        </Nothing>
      </Panel>
    );
  }
  return (
    <>
      {view.issues.map((issue) => (
        <p key={issue.code + issue.path} className={issue.severity === "error" ? "bad" : "attention"} role="alert">
          {issue.message} {issue.hint}
        </p>
      ))}
      {view.status !== "applied" && <Mapping view={view} />}
      <Figures>
        <Figure label="Rows" value={number(view.rows)} />
        <Figure label="Added" value={number(counts.added)} />
        <Figure label="Changed" value={number(counts.changed)} />
        {view.kind === "people" && <Figure label="Moved" value={number(counts.moved)} />}
        {view.kind === "people" && <Figure label="Left" value={number(counts.left)} />}
        <Figure label="Unchanged" value={number(counts.unchanged)} />
        <Figure
          label="Refused"
          value={number(counts.refused)}
          {...(counts.refused > 0 ? { tone: "bad" as const } : {})}
        />
      </Figures>
      {view.refused.length > 0 && (
        <Panel
          title="Refused rows"
          note={
            view.refused.length < counts.refused
              ? `The first ${number(view.refused.length)} of ${number(counts.refused)}. Row 1 is the header.`
              : "Row 1 is the header."
          }
          flush
        >
          <DataTable
            label="Refused rows"
            columns={[
              { title: "Row", width: "64px", cell: (one) => number(one.row) },
              { title: "Column", width: "minmax(90px, 160px)", cell: (one) => one.column ?? "" },
              {
                title: "Why",
                width: "minmax(180px, 1fr)",
                cell: (one) => <span title={one.reason}>{one.reason}</span>,
              },
            ]}
            rows={view.refused}
            rowKey={(one) => `${one.row}${one.column ?? ""}${one.reason}`}
            rowHeight={34}
            height={Math.min(320, 32 + view.refused.length * 34)}
          />
        </Panel>
      )}
      {view.changes.length > 0 && (
        <Panel
          title={view.status === "applied" ? "What it did" : "What it would do"}
          note={view.changes.length < todo ? `The first ${number(view.changes.length)} of ${number(todo)}.` : undefined}
          flush
        >
          <DataTable
            label="Changes"
            columns={[
              { title: "Row", width: "64px", cell: (one) => number(one.row) },
              { title: "What", width: "92px", cell: (one) => words(one.what) },
              {
                title: "Change",
                width: "minmax(180px, 1fr)",
                cell: (one) => <span title={one.words}>{one.words}</span>,
              },
            ]}
            rows={view.changes}
            rowKey={(one) => `${one.row}${one.id}${one.what}`}
            rowHeight={34}
            height={Math.min(400, 32 + view.changes.length * 34)}
          />
        </Panel>
      )}
      {(job || apply.data) && (
        <Panel>
          <JobProgress job={job ?? apply.data} />
        </Panel>
      )}
      {apply.error && (
        <p className="bad" role="alert">
          {sentenceOf(apply.error)}
        </p>
      )}
      {(view.status === "checked" || view.status === "mapping") && !apply.data && (
        <div className={classes.foot}>
          {missing.length > 0 && (
            <span className="attention">Still to map: {missing.map((field) => field.title).join(", ")}.</span>
          )}
          {counts.refused > 0 && (
            <Switch
              label={`Leave out the ${count(counts.refused, "refused row")}`}
              checked={skip}
              onChange={(event) => setSkip(event.currentTarget.checked)}
            />
          )}
          <Button
            disabled={view.status !== "checked" || missing.length > 0 || refused || todo === 0}
            loading={apply.isPending}
            onClick={() => apply.mutate({ params: { id: view.id }, body: { skipRefused: skip } })}
          >
            {todo === 0 ? "Nothing to apply" : `Apply ${count(todo, "change")}`}
          </Button>
        </div>
      )}
    </>
  );
}

const separator = (text: string) =>
  text === "," ? "commas" : text === ";" ? "semicolons" : text === "\t" ? "tabs" : `“${text}”`;
