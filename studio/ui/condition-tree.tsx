import type { TraceView } from "#engine/contract/views/cases.ts";
import { calendarDate } from "../text/dates.ts";
import classes from "./condition-tree.module.css";

const SIGNS = { true: "✓", false: "✗", "not evaluated": "?" } as const;
const SAID = { true: "holds", false: "does not hold", "not evaluated": "could not be evaluated" } as const;
const TONES = { true: "good", false: "bad", "not evaluated": "attention" } as const;

/** A condition tree with its verdicts; what decided the outcome is marked, by its background and in words. */
export function ConditionTree({ trace }: { trace: TraceView }) {
  return (
    <ul className={classes.tree}>
      <Branch trace={trace} />
    </ul>
  );
}

function Branch({ trace }: { trace: TraceView }) {
  return (
    <li>
      <div className={classes.node} data-deciding={trace.deciding || undefined}>
        <span className={`${classes.verdict} ${TONES[trace.verdict]}`} aria-hidden="true">
          {SIGNS[trace.verdict]}
        </span>
        <span>
          {trace.words}
          <span className="unseen">
            : {SAID[trace.verdict]}
            {trace.deciding ? ", this decided" : ""}
          </span>
          {(trace.source || trace.asOf) && (
            <span className={classes.asOf}>
              {" "}
              {[trace.source, trace.asOf && `as of ${calendarDate(trace.asOf.slice(0, 10))}`]
                .filter(Boolean)
                .join(", ")}
            </span>
          )}
        </span>
      </div>
      {trace.children && trace.children.length > 0 && (
        <ul className={classes.tree}>
          {trace.children.map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a recorded tree never changes its order
            <Branch key={index} trace={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
