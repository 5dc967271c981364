import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { Answer } from "../../api/call.ts";
import { usePages } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { count, number } from "../../text/number.ts";
import { Chip, type Tone } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { tell, tellProblem } from "../../ui/tell.ts";
import { When } from "../../ui/when.tsx";

type Effect = Answer<"effects">["items"][number];
const STATES = ["dead", "waiting", "sending", "done"] as const;
type State = (typeof STATES)[number];
const TONES: Record<State, Tone> = { dead: "bad", waiting: "attention", sending: "accent", done: "good" };
const NONE: Record<State, string> = {
  dead: "Everything could be delivered",
  waiting: "Nothing waits",
  sending: "Nothing is being sent just now",
  done: "Nothing was sent yet",
};

/** Messages and calls on their way out of Rondo: the dead ones say why, and can be tried again. */
export function EffectList() {
  const [state, setState] = useState<State>("dead");
  const effects = usePages("effects", { query: { status: state, limit: 100 } });
  const retry = useCall("retryEffect", { stale: ["effects", "home"] });
  const columns: Column<Effect>[] = [
    {
      title: "What",
      width: "minmax(180px, 2fr)",
      cell: (one) => <span title={one.words}>{one.words}</span>,
    },
    { title: "State", width: "90px", cell: (one) => <Chip tone={TONES[one.status]}>{one.status}</Chip> },
    { title: "Tries", width: "50px", end: true, wide: true, cell: (one) => number(one.tries) },
    {
      title: "Why",
      width: "minmax(140px, 2fr)",
      wide: true,
      cell: (one) => <span title={one.error ?? ""}>{one.error ?? (one.nextAt ? <When at={one.nextAt} /> : "")}</span>,
    },
    {
      title: "Case",
      width: "70px",
      wide: true,
      cell: (one) => one.caseId && <Link to={`/cases/${encodeURIComponent(one.caseId)}`}>Open</Link>,
    },
    { title: "Made", width: "110px", wide: true, cell: (one) => <When at={one.createdAt} /> },
    {
      title: "Try again",
      untitled: true,
      width: "96px",
      end: true,
      cell: (one) =>
        one.status === "dead" && (
          <Button
            size="compact-sm"
            variant="default"
            loading={retry.isPending && retry.variables?.params.id === one.id}
            onClick={() =>
              retry.mutate(
                { params: { id: one.id } },
                { onSuccess: () => tell("It is tried again now."), onError: (error) => tellProblem(error) },
              )
            }
          >
            Try again
          </Button>
        ),
    },
  ];
  return (
    <Panel
      flush
      title={effects.items ? count(effects.total, "effect") : "Effects"}
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Which effects"
          value={state}
          onChange={(value) => setState(STATES.find((one) => one === value) ?? "dead")}
          data={STATES.map((one) => ({ value: one, label: one.charAt(0).toUpperCase() + one.slice(1) }))}
        />
      }
    >
      {effects.error && !effects.items ? (
        <Failed error={effects.error} retry={effects.refetch} what="the effects" />
      ) : !effects.items ? (
        <ListSkeleton rows={8} />
      ) : effects.items.length === 0 ? (
        <Nothing title={NONE[state]} />
      ) : (
        <DataTable
          label="Effects"
          columns={columns}
          rows={effects.items}
          rowKey={(one) => one.id}
          height={Math.min(640, 32 + effects.items.length * 40)}
          hasMore={effects.hasMore}
          more={effects.more}
        />
      )}
    </Panel>
  );
}
