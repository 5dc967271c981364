import { IconArrowRight } from "@tabler/icons-react";
import type { ImpactView } from "#engine/contract/views/impact.ts";
import { number } from "../../text/number.ts";
import classes from "./impact.module.css";

/** How many go from which answer to which, the most first; a click shows who. */
export function ImpactMoves({
  view,
  chosen,
  onChoose,
}: {
  view: ImpactView;
  chosen: string | null;
  onChoose: (move: string | null) => void;
}) {
  const moves = view.moves.filter(({ from, to }) => from !== to);
  const stay = view.looked - view.changed;
  const most = Math.max(1, ...moves.map(({ people }) => people));
  const label = (at: number) => {
    const outcome = view.outcomes[at]!;
    return <span data-kind={outcome.kind}>{outcome.label}</span>;
  };
  return (
    <section className={classes.moves} aria-label="From which answer to which">
      <ul>
        {moves.map(({ from, to, people }) => {
          const key = `${from} ${to}`;
          return (
            <li key={key}>
              <button type="button" aria-pressed={chosen === key} onClick={() => onChoose(chosen === key ? null : key)}>
                <span className={classes.fromTo}>
                  {view.since !== null && (
                    <>
                      {label(from)}
                      <IconArrowRight size={13} aria-label="to" />
                    </>
                  )}
                  {label(to)}
                </span>
                <strong>{number(people, 0)}</strong>
                <span className={classes.bar} style={{ width: `${(100 * people) / most}%` }} />
              </button>
            </li>
          );
        })}
      </ul>
      {stay > 0 && <p className="secondary">{number(stay, 0)} are answered as today.</p>}
    </section>
  );
}
