import { Drawer } from "@mantine/core";
import { useAnswer } from "../../api/use-answer.ts";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { CaseWhyNot } from "./case-why-not.tsx";
import { WhyAnswer } from "./why-answer.tsx";

/** "Why?" of one journal entry: from what was known and decided then, never from today. */
export function WhyDrawer({ caseId, seq, onClose }: { caseId: string; seq: number | null; onClose: () => void }) {
  const why = useAnswer("why", { params: { id: caseId }, query: { seq: seq ?? 0 } }, { enabled: seq !== null });
  return (
    <Drawer
      opened={seq !== null}
      onClose={onClose}
      position="right"
      size={520}
      title={<strong>{why.data?.question ?? "Why?"}</strong>}
    >
      {why.error ? (
        <Failed error={why.error} retry={() => void why.refetch()} />
      ) : why.data ? (
        <WhyAnswer why={why.data}>
          {seq !== null && <CaseWhyNot key={seq} caseId={caseId} seq={seq} asks={why.data.asks} />}
        </WhyAnswer>
      ) : (
        <ListSkeleton rows={5} />
      )}
    </Drawer>
  );
}
