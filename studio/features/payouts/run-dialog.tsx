import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { useJob } from "../../api/use-job.ts";
import { type Grain, recentPeriods } from "../../text/period.ts";
import { JobProgress } from "../../ui/job-progress.tsx";
import { PeriodChooser } from "../../ui/period-chooser.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import { useNow } from "../../ui/use-now.ts";

/** Computes a live plan for a period, with its progress, and leads to the run. */
export function RunDialog({ onClose, plan: given }: { onClose: () => void; plan?: string }) {
  const now = useNow();
  const navigate = useNavigate();
  const [plan, setPlan] = useState<string | null>(given ?? null);
  const [unit, setUnit] = useState<string | null>(null);
  const [period, setPeriod] = useState<string | null>(null);
  const plans = useAnswer("definitions", { query: { kind: "plan" } });
  const document = useAnswer("definition", { params: { kind: "plan", id: plan ?? "-" } }, { enabled: plan !== null });
  const live = (plans.data?.items ?? []).filter((one) => one.live !== null);
  const grain = grainOf(document.data?.document);
  // The last whole period: what has all its results.
  const chosen = period ?? (grain ? (recentPeriods(now, grain, 2)[1] ?? null) : null);
  const run = useCall("runPlan", { stale: ["payoutRuns", "jobs"] });
  const job = useJob(run.data?.id ?? null);
  const result = job?.result;
  const runId =
    result !== null && typeof result === "object" && !Array.isArray(result) && typeof result.run === "string"
      ? result.run
      : null;
  return (
    <Modal opened onClose={onClose} title="Run a plan">
      <Stack gap="sm">
        {run.data === undefined ? (
          <>
            <Select
              label="Plan"
              required
              data={live.map((one) => ({ value: one.id, label: one.title }))}
              value={plan}
              onChange={(next) => {
                setPlan(next);
                setPeriod(null);
              }}
              description={plans.data && live.length === 0 ? "No plan is published yet." : "Published plans."}
            />
            {plan !== null && chosen !== null && (
              <PeriodChooser
                label="Period"
                description="Computed from the results stored for it."
                grain={grain}
                value={chosen}
                onChange={setPeriod}
              />
            )}
            <UnitChooser
              label="For"
              value={unit}
              onChange={setUnit}
              description="Everyone the plan is for, or a unit."
            />
            {run.error && (
              <p className="bad" role="alert">
                {sentenceOf(run.error)}
              </p>
            )}
          </>
        ) : (
          <JobProgress job={job ?? run.data} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {run.data ? "Close" : "Leave it"}
          </Button>
          {run.data === undefined ? (
            <Button
              disabled={plan === null || chosen === null}
              loading={run.isPending}
              onClick={() =>
                plan &&
                chosen &&
                run.mutate({ params: { id: plan }, body: { period: chosen, ...(unit ? { unit } : {}) } })
              }
            >
              Compute
            </Button>
          ) : (
            <Button disabled={runId === null} onClick={() => runId && navigate(`/payouts/${runId}`)}>
              See the result
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function grainOf(document: unknown): Grain | undefined {
  const period =
    document !== null && typeof document === "object" && "period" in document ? document.period : undefined;
  if (period === "half-year") return "half";
  return period === "month" || period === "quarter" || period === "year" ? period : undefined;
}
