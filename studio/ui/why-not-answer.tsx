import type { WhyNotView } from "#engine/contract/views/rules.ts";
import { calendarDate } from "../text/dates.ts";
import { sentence } from "../text/kinds.ts";
import classes from "./why-not-answer.module.css";

/** "Why not?": the sentence, the facts that would differ, and for every rule that did not hold what it failed by. */
export function WhyNotAnswer({ view }: { view: WhyNotView }) {
  return (
    <div className={classes.answer}>
      <p className={classes.words}>{sentence(view.words)}</p>
      {view.possible && !view.smallest && <p className="quiet">The search was ended; fewer changes may do as well.</p>}
      {view.changes.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Fact</th>
              <th scope="col">It was</th>
              <th scope="col">Nearest that would do</th>
            </tr>
          </thead>
          <tbody>
            {view.changes.map((change) => (
              <tr key={change.words}>
                <td>
                  {sentence(change.fact)}
                  <div className={classes.source}>
                    {change.source}
                    {change.asOf ? `, as of ${calendarDate(change.asOf.slice(0, 10))}` : ""}
                  </div>
                </td>
                <td>{change.was}</td>
                <td>{change.would}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {view.failing.map((rule) => (
        <section key={rule.rule}>
          <h4 className={classes.rule}>
            {sentence(rule.rule)} {rule.verdict === "false" ? "did not hold" : "could not be evaluated"}
          </h4>
          <ul className={classes.list}>
            {rule.conditions.map((one) => (
              <li key={one.words}>
                {one.words}
                <span className={classes.source}>
                  {" "}
                  {one.source}
                  {one.asOf ? `, as of ${calendarDate(one.asOf.slice(0, 10))}` : ""}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
