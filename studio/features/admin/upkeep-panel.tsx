import { Button } from "@mantine/core";
import { useState } from "react";
import type { SystemView } from "#engine/contract/routes/operations.ts";
import { useCall } from "../../api/use-call.ts";
import { finished, useJob } from "../../api/use-job.ts";
import { Chip } from "../../ui/chip.tsx";
import { JobProgress } from "../../ui/job-progress.tsx";
import { Panel } from "../../ui/page.tsx";
import { tellProblem } from "../../ui/tell.ts";
import classes from "./admin.module.css";
import { durationWords } from "./duration-words.ts";

type Kind = "verify" | "backup" | "export";
const WORDS: Record<Kind, { title: string; last: string; never: string; begin: string }> = {
  verify: {
    title: "Verification",
    last: "Last verified",
    never: "Never verified. A verification follows every chain of hashes and replays every case.",
    begin: "Verify everything",
  },
  backup: {
    title: "Backup",
    last: "Last backed up",
    never: "Never backed up. A backup is made while people work, and is verified by replay.",
    begin: "Back up now",
  },
  export: {
    title: "Export",
    last: "Last exported",
    never: "Never exported. An export is everything as JSON Lines and CSV, with hashes; without passwords.",
    begin: "Export everything",
  },
};
/** A backup older than this is called old. */
const OLD_MS = 2 * 86_400_000;

/** When everything was last verified, backed up and exported, how that went, and a button for each. */
export function UpkeepPanel({ system, onDone }: { system: SystemView; onDone: () => void }) {
  return (
    <div className={classes.two}>
      {(["verify", "backup", "export"] as const).map((kind) => (
        <One key={kind} kind={kind} system={system} onDone={onDone} />
      ))}
    </div>
  );
}

function One({ kind, system, onDone }: { kind: Kind; system: SystemView; onDone: () => void }) {
  const [jobId, setJobId] = useState<string | null>(null);
  const begin = useCall("beginUpkeep", { onDone: (job) => setJobId(job.id), stale: ["jobs"] });
  const job = useJob(jobId, onDone);
  const words = WORDS[kind];
  const last = system[kind];
  const age = last ? system.wallNow - last.at : 0;
  const possible = kind === "verify" || system.canCopy;
  const exported = kind === "export" && last?.ok ? jobOf(last.details) : null;
  return (
    <Panel
      title={words.title}
      actions={
        last &&
        (!last.ok ? (
          <Chip tone="bad">something is wrong</Chip>
        ) : kind === "backup" && age > OLD_MS ? (
          <Chip tone="attention">old</Chip>
        ) : (
          <Chip tone="good">{kind === "verify" ? "whole" : "done"}</Chip>
        ))
      }
    >
      <div className={classes.upkeep}>
        {last ? (
          <p>
            {words.last}{" "}
            <time dateTime={new Date(last.at).toISOString()} title={new Date(last.at).toLocaleString()}>
              {age < 60_000 ? "just now" : `${durationWords(age)} ago`}
            </time>
            : <span className={last.ok ? "" : "bad"}>{last.words}</span>
          </p>
        ) : (
          <p className="secondary">{words.never}</p>
        )}
        {kind === "verify" && last && !last.ok && <Findings details={last.details} />}
        {job && !finished(job) && <JobProgress job={job} />}
        {job?.status === "failed" && <p className="bad">{job.message}</p>}
        <div>
          <Button
            variant="default"
            disabled={!possible || (job !== undefined && !finished(job))}
            loading={begin.isPending}
            onClick={() => begin.mutate({ body: { kind } }, { onError: (error) => tellProblem(error) })}
          >
            {words.begin}
          </Button>{" "}
          {exported && age < 86_400_000 && (
            <Button component="a" variant="subtle" href={`/api/exports/${encodeURIComponent(exported)}`} download>
              Download
            </Button>
          )}
        </div>
        {!possible && <p className="quiet">The database server has its own means for this.</p>}
      </div>
    </Panel>
  );
}

/** What a verification found, each with its place. */
function Findings({ details }: { details: unknown }) {
  const report = (details as { report?: { checks?: { findings: { where: string; words: string }[] }[] } }).report;
  const findings = (report?.checks ?? []).flatMap((check) => check.findings).slice(0, 10);
  return (
    <ul className={classes.findings}>
      {findings.map(({ where, words }) => (
        <li key={where + words}>
          <strong>{where}</strong>: {words}
        </li>
      ))}
    </ul>
  );
}

const jobOf = (details: unknown): string | null => {
  const job = (details as { job?: unknown }).job;
  return typeof job === "string" ? job : null;
};
