import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { ProblemError, sentenceOf } from "../api/problem-error.ts";
import classes from "./states.module.css";

/** Nothing is here yet: what that means and what to do next. */
export function Nothing({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <h2 className={classes.title}>{title}</h2>
      {children && <p className={classes.text}>{children}</p>}
      {action}
    </div>
  );
}

/** The reader may not see this: who could give it. */
export function Forbidden({ what = "this page" }: { what?: string }) {
  return (
    <Nothing title={`You may not see ${what}`}>
      Your roles do not include it. An HR admin can give you access; the audit then shows when and by whom.
    </Nothing>
  );
}

/** Something went wrong: the server's own sentence, and another try. */
export function Failed({ error, retry, what }: { error: unknown; retry?: () => void; what?: string }) {
  if (error instanceof ProblemError && error.status === 403) return <Forbidden {...(what ? { what } : {})} />;
  const gone = error instanceof ProblemError && error.status === 404;
  return (
    <div className={classes.state} role="alert">
      <h2 className={classes.title}>{gone ? "It is not there" : "This could not be loaded"}</h2>
      <p className={classes.text}>{sentenceOf(error)}</p>
      {gone && (
        <p className={classes.text}>
          It may have been removed, or the address was cut off. <Link to="/">Go home</Link>, or find it with Ctrl K.
        </p>
      )}
      {retry && !gone && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
      {error instanceof ProblemError && error.requestId && <p className={classes.request}>Request {error.requestId}</p>}
    </div>
  );
}

/** Rows of grey while a list is on its way: as many as will fill the place, so that nothing jumps. */
export function ListSkeleton({ rows = 8, height = 36 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading" className={classes.list}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey rows have no identity
        <div key={index} className={classes.row} style={{ height }}>
          <Skeleton height={10} width={`${26 + ((index * 17) % 30)}%`} />
          <Skeleton height={10} width={`${12 + ((index * 11) % 14)}%`} />
        </div>
      ))}
    </div>
  );
}

/** A whole page on its way. */
export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <ListSkeleton rows={10} />
    </div>
  );
}
