import type { ReactNode } from "react";
import classes from "./chip.module.css";

export type Tone = "accent" | "good" | "attention" | "bad" | "quiet" | "outline";

/** A short word about a thing: its state, its count. The word carries the meaning, the colour repeats it. */
export function Chip({ tone = "quiet", title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
