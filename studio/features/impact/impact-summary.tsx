import { Anchor } from "@mantine/core";
import { useState } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { useMe } from "../../api/me.ts";
import { number } from "../../text/number.ts";
import { periodName, recentPeriods } from "../../text/period.ts";
import classes from "./impact.module.css";
import { differenceWords, headline } from "./impact-words.ts";
import { useImpact } from "./use-impact.ts";

/** What publishing would change, in a few lines, with the way to see who. */
export function ImpactSummary({ ruleset, onSee }: { ruleset: Ruleset | null; onSee: () => void }) {
  const me = useMe();
  const [period] = useState(() => recentPeriods(me.now, "month", 2)[1] ?? "");
  const { answer, message } = useImpact(ruleset, { period, unit: null });
  return (
    <section className={classes.summary} aria-label="Impact">
      <h3>Impact, {periodName(period)}</h3>
      {message && <p className="secondary">{message}</p>}
      {!answer && !message && <p className="secondary">Comparing…</p>}
      {answer && (
        <>
          <p>
            <strong>{headline(answer)}</strong>
            {answer.money.map((sum) => ` · ${sum.title} ${differenceWords(sum)}`).join("")}
          </p>
          <ul>
            {answer.moves
              .filter(({ from, to }) => from !== to)
              .slice(0, 4)
              .map(({ from, to, people }) => (
                <li key={`${from} ${to}`}>
                  {answer.since !== null && `${answer.outcomes[from]!.label} → `}
                  {answer.outcomes[to]!.label}: {number(people, 0)}
                </li>
              ))}
          </ul>
          <Anchor component="button" type="button" onClick={onSee}>
            See who
          </Anchor>
        </>
      )}
    </section>
  );
}
