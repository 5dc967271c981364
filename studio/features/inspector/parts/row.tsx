import type { ReactNode } from "react";
import classes from "./inspector.module.css";

/** A labelled row of the inspector: what it is, the control, and what it means beside it. */
export function Row({
  label,
  help,
  action,
  children,
}: {
  label: string;
  help?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={classes.row}>
      <div className={classes.label}>
        <span>{label}</span>
        {action}
      </div>
      {children}
      {help && <div className={classes.help}>{help}</div>}
    </div>
  );
}

/** Less usual settings, folded away; open where something is set. */
export function Fold({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className={classes.section} open={open}>
      <summary>{title}</summary>
      <div className={classes.sectionBody}>{children}</div>
    </details>
  );
}

/** A quiet button that adds something. */
export function More({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className={classes.more} onClick={onClick}>
      {children}
    </button>
  );
}
