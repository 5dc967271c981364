import { Button } from "@mantine/core";
import { useParams } from "react-router";
import { useMay } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { periodName } from "../../text/period.ts";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { Statement } from "./statement.tsx";

/** One person's statement of one run. */
export default function StatementPage() {
  const { id = "", person = "" } = useParams();
  const runs = useMay("incentives");
  const answer = useAnswer("statement", { params: { id, person } });
  const view = answer.data;
  return (
    <Page narrow>
      <Crumbs
        items={[
          { title: "Payouts", to: "/payouts" },
          ...(view && runs ? [{ title: `${view.plan.title}, ${periodName(view.period)}`, to: `/payouts/${id}` }] : []),
          { title: view?.person.name ?? "Statement" },
        ]}
      />
      <Actions>
        <Button variant="default" onClick={() => window.print()}>
          Print
        </Button>
      </Actions>
      {answer.error && !view ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="this statement" />
      ) : view ? (
        <Statement view={view} />
      ) : (
        <Panel flush>
          <ListSkeleton rows={8} height={56} />
        </Panel>
      )}
    </Page>
  );
}
