import { useEffect, useRef } from "react";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { useAnswer } from "./use-answer.ts";

/** Whether a job has come to its end, good or bad. */
export const finished = (job: Pick<JobView, "status">) =>
  job.status === "done" || job.status === "failed" || job.status === "cancelled";

/** Follows long work: live events tell of progress, and a slow poll covers a broken connection. Calls `onEnd` once. */
export function useJob(id: string | null, onEnd?: (job: JobView) => void): JobView | undefined {
  const job = useAnswer(
    "job",
    { params: { id: id ?? "-" } },
    { enabled: id !== null, every: id === null ? false : 700 },
  );
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (job.data && finished(job.data) && told.current !== job.data.id) {
      told.current = job.data.id;
      onEnd?.(job.data);
    }
  }, [job.data, onEnd]);
  return id === null ? undefined : job.data;
}
