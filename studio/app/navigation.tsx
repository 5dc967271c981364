import { NavLink } from "react-router";
import { useMe } from "../api/me.ts";
import { number } from "../text/number.ts";
import { navigationFor } from "./navigation-items.ts";
import classes from "./shell.module.css";
import { useCounts } from "./use-counts.ts";

/** The left navigation: groups of pages with the numbers that say how much is there. */
export function Navigation({ onGo }: { onGo?: () => void }) {
  const me = useMe();
  const counts = useCounts();
  return (
    <nav aria-label="Pages" className={classes.links}>
      {navigationFor(me.may).map((group) => (
        <div key={group.title ?? "first"} className={classes.group}>
          {group.title && <div className={classes.groupTitle}>{group.title}</div>}
          {group.items.map((item) => {
            const shown = item.count === undefined ? undefined : counts[item.count];
            return (
              <NavLink key={item.to} to={item.to} end={item.to === "/"} className={classes.link} onClick={onGo}>
                <span className="clip">{item.title}</span>
                {shown !== undefined && shown > 0 && <span className={classes.count}>{number(shown, 0)}</span>}
              </NavLink>
            );
          })}
        </div>
      ))}
    </nav>
  );
}
