import type { Json } from "#engine/words/json.ts";
import { count } from "../../text/number.ts";
import classes from "./inbox.module.css";

/** How ratings spread over the steps of a scale: a column for each step, its count on it, and who is still open. */
export function RatingStrip({
  steps,
  values,
  title,
}: {
  steps: readonly { value: number; label: string }[];
  values: readonly (Json | undefined)[];
  title: string;
}) {
  const counts = steps.map((step) => values.filter((value) => value === step.value).length);
  const most = Math.max(1, ...counts);
  const given = counts.reduce((all, one) => all + one, 0);
  const sum = steps.reduce((all, step, index) => all + step.value * (counts[index] ?? 0), 0);
  return (
    <figure className={classes.strip}>
      <figcaption>
        {title}: {count(given, "person", "people")} of {values.length} rated
        {given > 0 ? `, ${(sum / given).toFixed(2)} on average` : ""}
      </figcaption>
      <ol>
        {steps.map((step, index) => (
          <li key={step.value}>
            <span className={classes.stripCount}>{counts[index]}</span>
            <span className={classes.stripBar} style={{ height: `${((counts[index] ?? 0) / most) * 44 + 2}px` }} />
            <span className="clip">{step.label}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
