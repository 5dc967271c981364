import { Button, Progress } from "@mantine/core";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { useCall } from "../api/use-call.ts";
import { finished } from "../api/use-job.ts";
import { number } from "../text/number.ts";
import classes from "./job-progress.module.css";
import { tellProblem } from "./tell.ts";

/** Long work while it goes on: what it does, how far it is, a way to stop it, and its closing sentence. */
export function JobProgress({ job, title }: { job: JobView | undefined; title?: string }) {
  const share = job && job.total > 0 ? (job.done / job.total) * 100 : 0;
  const cancel = useCall("cancelJob", { stale: ["job", "jobs"] });
  const bad = job?.status === "failed" || job?.status === "cancelled";
  return (
    <div className={classes.job} role="status">
      <div className={classes.line}>
        <span className="clip">{job?.title ?? title ?? "Starting…"}</span>
        {job && job.total > 0 && (
          <span className="quiet numbers">
            {number(job.done)} of {number(job.total)}
          </span>
        )}
        {job?.mayCancel && (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ params: { id: job.id } }, { onError: (error) => tellProblem(error) })}
          >
            Cancel
          </Button>
        )}
      </div>
      <Progress
        value={job?.status === "done" ? 100 : share}
        size="sm"
        color={bad ? "bad" : job?.status === "done" ? "good" : "accent"}
        animated={!job || !finished(job)}
        aria-label={job?.title ?? title ?? "Progress"}
      />
      {job?.message && <p className={bad ? "bad" : "secondary"}>{job.message}</p>}
    </div>
  );
}
