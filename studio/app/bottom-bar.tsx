import { IconMenu2 } from "@tabler/icons-react";
import { NavLink } from "react-router";
import { NAVIGATION } from "./navigation-items.ts";
import classes from "./shell.module.css";
import { useCounts } from "./use-counts.ts";

/** A phone's navigation: the three pages one opens there, and the rest behind "More". */
export function BottomBar({ onMore }: { onMore: () => void }) {
  const counts = useCounts();
  return (
    <nav aria-label="Main pages" className={classes.bottom}>
      {(NAVIGATION[0]?.items ?? []).map((item) => {
        const Icon = item.icon;
        const waiting = item.count === "tasks" ? counts.tasks : undefined;
        return (
          <NavLink key={item.to} to={item.to} end={item.to === "/"} className={classes.bottomLink}>
            {Icon && <Icon size={20} stroke={1.6} aria-hidden="true" />}
            <span>
              {item.title}
              {waiting ? ` ${waiting}` : ""}
            </span>
          </NavLink>
        );
      })}
      <button type="button" className={classes.bottomLink} onClick={onMore}>
        <IconMenu2 size={20} stroke={1.6} aria-hidden="true" />
        <span>More</span>
      </button>
    </nav>
  );
}
