import { Button, Group, Modal, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { DefinitionBrief } from "#engine/contract/views/definitions.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { useJob } from "../../api/use-job.ts";
import { count } from "../../text/number.ts";
import { grainOf, periodOf } from "../../text/period.ts";
import { JobProgress } from "../../ui/job-progress.tsx";
import { PeriodChooser } from "../../ui/period-chooser.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import { useNow } from "../../ui/use-now.ts";
import { LaunchPreview } from "./launch-preview.tsx";

/** Launches a review cycle for a unit: first who would be taken in and why, then the launch with its progress. */
export function LaunchDialog({
  definition,
  onClose,
}: {
  definition: Pick<DefinitionBrief, "id" | "title" | "live">;
  onClose: () => void;
}) {
  const now = useNow();
  const [unit, setUnit] = useState<string | null>(null);
  const last = useAnswer("cases", { query: { definition: definition.id, limit: 1 } });
  const [chosen, setPeriod] = useState<string | null>(null);
  // What was launched before tells whether this is yearly, quarterly or monthly.
  const period = chosen ?? (last.isPending ? null : periodOf(now, grainOf(last.data?.items[0]?.period) ?? "month"));
  const preview = useCall("previewLaunch");
  const launch = useCall("launch", { stale: ["cases", "home", "jobs"] });
  const job = useJob(launch.data?.id ?? null);
  const { mutate: look } = preview;
  const request = { ...(unit ? { unit } : {}), ...(period ? { period } : {}) };
  useEffect(() => {
    if (period) look({ params: { id: definition.id }, body: { ...(unit ? { unit } : {}), period } });
  }, [look, definition.id, unit, period]);
  const started = launch.data !== undefined;
  const included = preview.data?.included ?? 0;
  return (
    <Modal opened onClose={onClose} title={`Launch ${definition.title}`} size="lg">
      <Stack gap="sm">
        {!started && (
          <>
            <Group grow align="flex-start">
              <UnitChooser
                label="For"
                description="A unit with everybody below it."
                value={unit}
                onChange={setUnit}
                placeholder="Everyone"
              />
              <PeriodChooser
                label="Period"
                description="One case for each person and period."
                value={period ?? periodOf(now, "month")}
                onChange={setPeriod}
              />
            </Group>
            <LaunchPreview
              preview={preview.data}
              loading={preview.isPending || period === null}
              error={preview.error}
              onRetry={() => look({ params: { id: definition.id }, body: request })}
            />
          </>
        )}
        {started && <JobProgress job={job ?? launch.data} />}
        {launch.error && (
          <p className="bad" role="alert">
            {sentenceOf(launch.error)}
          </p>
        )}
        <Group justify="flex-end" gap="xs">
          {started ? (
            <>
              <Button component={Link} to={`/cases?definition=${definition.id}`} variant="default">
                See the cases
              </Button>
              <Button onClick={onClose}>Close</Button>
            </>
          ) : (
            <>
              <Button variant="default" onClick={onClose}>
                Leave it
              </Button>
              <Button
                disabled={preview.isPending || included === 0}
                loading={launch.isPending}
                onClick={() => launch.mutate({ params: { id: definition.id }, body: request })}
              >
                {preview.isPending || !preview.data
                  ? "Looking…"
                  : included > 0
                    ? `Open ${count(included, "case")}`
                    : "Nobody to launch for"}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
