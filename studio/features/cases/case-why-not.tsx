import { Select } from "@mantine/core";
import { useState } from "react";
import type { WhyView } from "#engine/contract/views/cases.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { sentence, words } from "../../text/kinds.ts";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { WhyNotAnswer } from "../../ui/why-not-answer.tsx";
import classes from "./case.module.css";

/** "Why not?" of what an entry decided: one chooses another answer, and is told what would have had to differ. */
export function CaseWhyNot({ caseId, seq, asks }: { caseId: string; seq: number; asks: WhyView["asks"] }) {
  const [asked, setAsked] = useState<string | null>(null);
  const options = asks.flatMap((ask) =>
    ask.answers
      .filter((one) => one !== ask.now)
      .map((wanted) => ({ value: JSON.stringify([ask.key, wanted]), label: label(ask, wanted) })),
  );
  const [key, wanted] = asked === null ? ["", ""] : (JSON.parse(asked) as [string, string]);
  const answer = useAnswer(
    "caseWhyNot",
    { params: { id: caseId }, query: { seq, key, wanted } },
    { enabled: asked !== null },
  );
  if (options.length === 0) return null;
  return (
    <section aria-label="Why not?">
      <h3 className={classes.heading}>Why not?</h3>
      <Select
        aria-label="What it could have been"
        placeholder="What would have had to be different for…"
        clearable
        data={options}
        value={asked}
        onChange={setAsked}
        mb={10}
      />
      {asked !== null &&
        (answer.error ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} />
        ) : answer.data ? (
          <WhyNotAnswer view={answer.data} />
        ) : (
          <ListSkeleton rows={2} />
        ))}
    </section>
  );
}

const label = (ask: WhyView["asks"][number], wanted: string) =>
  wanted.startsWith("it ")
    ? `${sentence(ask.title)}: ${wanted}`
    : `“${ask.title}” to be “${words(wanted).toLowerCase()}”`;
