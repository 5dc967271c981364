import { Button, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { type Change, whyNotOutcome } from "#engine/rules/analyse/why-not.ts";
import type { Decision } from "#engine/rules/decide.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import type { Wording } from "#engine/rules/words.ts";
import { words } from "../../../text/kinds.ts";
import classes from "./try.module.css";

/** "Why not?": the fewest facts that would have to differ for another answer; one click puts them into the strip. */
export function WhyNot(props: {
  ruleset: Ruleset;
  read: FactReader;
  decision: Decision;
  answers: readonly string[];
  title: Wording["title"];
  onTry: (changes: readonly Change[]) => void;
}) {
  const { ruleset, read, decision, answers, title } = props;
  const [asked, setAsked] = useState<string | null>(null);
  const others = answers.filter((one) => one !== decision.outcome);
  const wanted = asked !== null && others.includes(asked) ? asked : null;
  const found = useMemo(
    () => (wanted === null ? null : whyNotOutcome(ruleset, read, { event: wanted }, title ? { title } : {})),
    [ruleset, read, wanted, title],
  );
  if (others.length === 0) return null;
  return (
    <section className={classes.whyNot} aria-label="Why not?">
      <Select
        size="xs"
        label="Why not?"
        placeholder="Another answer…"
        clearable
        data={others.map((one) => ({ value: one, label: words(one) }))}
        value={wanted}
        onChange={setAsked}
      />
      {found && (
        <div aria-live="polite">
          <p>{found.words}</p>
          {found.possible && !found.smallest && (
            <p className="quiet">The search was ended; fewer changes may do as well.</p>
          )}
          {found.possible && found.changes.length > 0 && (
            <Button size="xs" variant="default" onClick={() => props.onTry(found.changes)}>
              Try it so
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
