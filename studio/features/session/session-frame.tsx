import type { ReactNode } from "react";
import classes from "./session.module.css";

/** The card that sign-in and set-up stand in. */
export function SessionFrame({ children }: { children: ReactNode }) {
  return (
    <main className={classes.frame}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path d="M18.2 16.6a7.7 7.7 0 1 1 .2-9" fill="none" stroke="var(--accent)" strokeWidth="4.6" />
          </svg>
          Rondo
        </div>
        {children}
      </div>
    </main>
  );
}
