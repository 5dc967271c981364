import classes from "./shell.module.css";

/** The mark and the name. */
export function Brand() {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <path d="M18.2 16.6a7.7 7.7 0 1 1 .2-9" fill="none" stroke="var(--accent)" strokeWidth="4.6" />
      </svg>
      Rondo
    </span>
  );
}
