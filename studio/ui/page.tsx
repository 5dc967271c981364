import type { ReactNode } from "react";
import classes from "./page.module.css";

/** The padding and rhythm of a page that scrolls. `narrow` for texts and forms. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return <div className={narrow ? `${classes.page} ${classes.narrow}` : classes.page}>{children}</div>;
}

/** A titled part of a page: a thin line around, a heading that names it, what can be done at its right. */
export function Panel(props: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** Without inner padding: for tables that reach the edge. */
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.panel}>
      {(props.title || props.actions) && (
        <div className={classes.head}>
          <div className={classes.heading}>
            {props.title && <h2 className={classes.title}>{props.title}</h2>}
            {props.note && <p className={classes.note}>{props.note}</p>}
          </div>
          {props.actions && <div className={classes.actions}>{props.actions}</div>}
        </div>
      )}
      <div className={props.flush ? classes.flush : classes.inside}>{props.children}</div>
    </section>
  );
}

/** A number with what it counts, and what to know about it. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  tone?: "bad" | "attention" | "good";
}) {
  return (
    <div className={classes.figure}>
      <div className={classes.label}>{props.label}</div>
      <div className={`${classes.value} ${props.tone ?? ""}`}>{props.value}</div>
      {props.note && <div className={classes.note}>{props.note}</div>}
    </div>
  );
}

/** Figures side by side, as many as fit. */
export function Figures({ children }: { children: ReactNode }) {
  return <div className={classes.figures}>{children}</div>;
}

/** Filters above a list. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={classes.filters}>{children}</div>;
}

/** Label and value, one to a line: for what is looked up. */
export function Facts({ rows }: { rows: Record<string, ReactNode> }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(rows).map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
