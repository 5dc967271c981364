import { useAnswer } from "../../api/use-answer.ts";
import { finished } from "../../api/use-job.ts";
import { JobProgress } from "../../ui/job-progress.tsx";
import { Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";

/** Launches, imports and payout runs, newest first, with their progress. */
export function JobList() {
  const jobs = useAnswer("jobs", {});
  if (jobs.error && !jobs.data) return <Failed error={jobs.error} retry={() => void jobs.refetch()} what="long work" />;
  if (!jobs.data) return <ListSkeleton rows={5} height={64} />;
  if (jobs.data.items.length === 0) {
    return (
      <Nothing title="No long work yet">Launches, imports and payout runs appear here with their progress.</Nothing>
    );
  }
  return (
    <div style={{ display: "grid", gap: 12 }}>
      {jobs.data.items.map((job) => (
        <Panel key={job.id}>
          <JobProgress job={job} />
          <p className="quiet" style={{ marginTop: 4 }}>
            started <When at={job.startedAt} />
            {finished(job) && job.finishedAt !== null && (
              <>
                , ended <When at={job.finishedAt} as="time" />
              </>
            )}
          </p>
        </Panel>
      ))}
    </div>
  );
}
