import type { ReactNode } from "react";
import type { WhyView } from "#engine/contract/views/cases.ts";
import { calendarDate } from "../../text/dates.ts";
import { sentence } from "../../text/kinds.ts";
import { nameList } from "../../text/person.ts";
import { Chip } from "../../ui/chip.tsx";
import { ConditionTree } from "../../ui/condition-tree.tsx";
import classes from "./case.module.css";

/** The answer in sentences first, then the rules that said so, the people found, and the facts they rest on. */
export function WhyAnswer({ why, children }: { why: WhyView; children?: ReactNode }) {
  return (
    <div className={classes.why}>
      <div className={classes.answer}>
        {why.answer.map((line) => (
          <p key={line}>{sentence(line)}</p>
        ))}
      </div>
      {why.people.length > 0 && (
        <section>
          <h3 className={classes.heading}>Who</h3>
          {why.people.map((one) => (
            <p key={one.ref} className={classes.person}>
              <strong>{nameList(one.found, 6)}</strong>
              <span className="secondary">
                {sentence(one.because)}. Asked for: {one.ref}.
              </span>
            </p>
          ))}
        </section>
      )}
      {why.rules.length > 0 && (
        <section>
          <h3 className={classes.heading}>Rules</h3>
          {why.rules.map((rule) => (
            <div key={rule.name} style={{ marginBottom: 12 }}>
              <p>
                <strong>{rule.name}</strong>{" "}
                {rule.won ? (
                  <Chip tone="accent">decided: {rule.event}</Chip>
                ) : (
                  <Chip>
                    {rule.verdict === "true"
                      ? "held, but another came first"
                      : rule.verdict === "false"
                        ? "did not hold"
                        : rule.verdict}
                  </Chip>
                )}
              </p>
              {rule.trace && <ConditionTree trace={rule.trace} />}
            </div>
          ))}
        </section>
      )}
      {children}
      {why.facts.length > 0 && (
        <section>
          <h3 className={classes.heading}>What was known then</h3>
          <table className={classes.facts}>
            <thead>
              <tr>
                <th scope="col">Fact</th>
                <th scope="col">Value</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {why.facts.map((fact) => (
                <tr key={fact.fact}>
                  <td>{fact.fact}</td>
                  <td>{fact.said}</td>
                  <td className="quiet">
                    {fact.source}
                    {fact.asOf ? `, as of ${calendarDate(fact.asOf.slice(0, 10))}` : ""}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  );
}
