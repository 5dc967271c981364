import type { ReactNode } from "react";
import classes from "./design.module.css";

/** A part of the stage that scrolls by itself, by keyboard too. */
export function Sheet({ label, bare = false, children }: { label: string; bare?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={bare ? classes.bare : classes.sheet} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
