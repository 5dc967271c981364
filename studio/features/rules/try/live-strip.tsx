import { Button, Select } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useMe } from "../../../api/me.ts";
import { calendarDate } from "../../../text/dates.ts";
import { periodName, recentPeriods } from "../../../text/period.ts";
import { PersonChooser } from "../../../ui/person-chooser.tsx";
import { Failed } from "../../../ui/states.tsx";
import type { FactChoice } from "../conditions/fact-choice.ts";
import { InputRow } from "./input-row.tsx";
import classes from "./try.module.css";
import type { LiveFacts } from "./use-live-facts.ts";

/** What came out, in a word and sentences. */
export interface Outcome {
  word: string;
  tone: "good" | "attention" | "quiet";
  /** Why, one sentence each. */
  why: readonly string[];
  /** What the answer gives along: `factor 1.2`. */
  given: readonly string[];
}

/** A person's facts, or typed ones, and what the rules say of them as they are edited; who shows the path lights it up. */
export function LiveStrip(props: {
  live: LiveFacts;
  choices: readonly FactChoice[];
  outcome: Outcome | null;
  onSave: (() => void) | null;
  children?: React.ReactNode;
}) {
  const { live, choices, outcome } = props;
  const me = useMe();
  const periods = [...recentPeriods(me.now, "month", 14), ...recentPeriods(me.now, "quarter", 5)].map((value) => ({
    value,
    label: periodName(value),
  }));
  const set = (key: string, value: Json | undefined) => live.setTyped(new Map(live.typed).set(key, value ?? null));
  return (
    <div className={classes.panel}>
      <p className="secondary">On a person as they are known now, or on facts that you type. Nothing is stored.</p>
      <div className={classes.whom}>
        <PersonChooser label="Person" value={live.person} onChange={live.setPerson} />
        {live.person !== null && (
          <Select
            label="Period"
            searchable
            allowDeselect={false}
            data={periods}
            value={live.period}
            onChange={(next) => next && live.setPeriod(next)}
          />
        )}
      </div>
      {live.error ? <Failed error={live.error} what="this person's facts" /> : null}
      <section className={classes.outcome} data-tone={outcome?.tone} aria-live="polite" aria-label="What the rules say">
        <span className="secondary">Says</span>
        <strong>{outcome?.word ?? "nothing yet"}</strong>
        {outcome?.given.map((one) => (
          <span key={one} className="secondary">
            {one}
          </span>
        ))}
        {outcome?.why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      {(props.onSave || live.typed.size > 0) && (
        <div className={classes.buttons}>
          {props.onSave && (
            <Button size="xs" variant="default" onClick={props.onSave}>
              Save as test
            </Button>
          )}
          {live.typed.size > 0 && (
            <Button size="xs" variant="subtle" onClick={() => live.setTyped(new Map())}>
              {live.person === null ? "Clear" : "Back to the person's facts"}
            </Button>
          )}
        </div>
      )}
      {props.children}
      {live.inputs.length === 0 && <p className="secondary">The rules read no facts yet.</p>}
      {live.inputs.map((input) => {
        const from = live.source(input.key);
        return (
          <InputRow
            key={input.key}
            input={input}
            choices={choices}
            value={live.values.get(input.key)}
            source={from && `${from.source}${from.asOf ? `, as of ${calendarDate(from.asOf)}` : ""}`}
            onChange={(value) => set(input.key, value)}
          />
        );
      })}
    </div>
  );
}
