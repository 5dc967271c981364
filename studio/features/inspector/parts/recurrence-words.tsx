import { checkRecurrence } from "#engine/time/check-recurrence.ts";
import { recurrenceInWords } from "#engine/time/clock-in-words.ts";
import classes from "./inspector.module.css";

/** What a recurrence rule says, in words, or what is wrong with it. Comes when it is asked for: it knows all of RFC 5545. */
export default function RecurrenceWords({ rule }: { rule: string }) {
  const problem = checkRecurrence(rule)[0];
  return (
    <span className={classes.help}>
      {problem?.severity === "error" ? (
        <span className="bad">
          {problem.message} {problem.hint}
        </span>
      ) : (
        `${recurrenceInWords(rule)}.${problem ? ` ${problem.message}` : ""}`
      )}
    </span>
  );
}
