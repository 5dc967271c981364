import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import type { ProblemError } from "../../api/problem-error.ts";
import { count, number } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import classes from "./launch.module.css";

/** Who a launch would take in and who not, each with the reason. */
export function LaunchPreview(props: {
  preview: Answer<"previewLaunch"> | undefined;
  loading: boolean;
  error: ProblemError | null;
  onRetry: () => void;
}) {
  const [shown, setShown] = useState<"in" | "out">("in");
  const { preview } = props;
  if (props.error && !props.loading) return <Failed error={props.error} retry={props.onRetry} what="this preview" />;
  if (!preview) return <ListSkeleton rows={5} />;
  const rows = preview.sample.filter((one) => one.included === (shown === "in"));
  return (
    <div className={classes.preview} aria-busy={props.loading}>
      <p>
        <strong>{count(preview.included, "case")} would be opened.</strong>{" "}
        {count(preview.excluded, "person", "people")} not taken in
        {preview.alreadyOpen > 0 ? `, ${number(preview.alreadyOpen)} already open` : ""}.
        {preview.withoutActor > 0 && (
          <>
            {" "}
            <Chip tone="attention">{number(preview.withoutActor)} without somebody to act</Chip>
          </>
        )}
      </p>
      <SegmentedControl
        w="fit-content"
        size="xs"
        aria-label="Which people to show"
        value={shown}
        onChange={(value) => setShown(value === "out" ? "out" : "in")}
        data={[
          { value: "in", label: "Taken in" },
          { value: "out", label: "Not taken in" },
        ]}
      />
      <div className={classes.sample}>
        {rows.length === 0 ? (
          <p className="quiet" style={{ padding: 12 }}>
            Nobody in the sample.
          </p>
        ) : (
          <DataTable
            label={shown === "in" ? "People taken in, a sample" : "People not taken in, a sample"}
            columns={[
              { title: "Person", width: "minmax(130px, 1fr)", cell: (one) => one.name },
              { title: "Unit", width: "minmax(100px, 1fr)", wide: true, cell: (one) => one.unit ?? "" },
              {
                title: "Why",
                width: "minmax(140px, 2fr)",
                cell: (one) => <span title={one.reason}>{one.reason}</span>,
              },
            ]}
            rows={rows}
            rowKey={(one) => one.person}
            rowHeight={34}
            height={260}
          />
        )}
      </div>
    </div>
  );
}
