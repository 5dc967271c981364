import { createContext, Fragment, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { Link } from "react-router";
import classes from "./header-slots.module.css";

interface Slots {
  crumbs: HTMLElement | null;
  actions: HTMLElement | null;
  setCrumbs: (element: HTMLElement | null) => void;
  setActions: (element: HTMLElement | null) => void;
}
const SlotContext = createContext<Slots | null>(null);

/** The header's two places that pages fill: where one is, and what can be done. */
export function HeaderSlots({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ crumbs, actions, setCrumbs, setActions }), [crumbs, actions]);
  return <SlotContext.Provider value={slots}>{children}</SlotContext.Provider>;
}

export function useHeaderSlots(): Slots {
  const slots = useContext(SlotContext);
  if (!slots) throw new Error("the header's slots exist only inside the shell");
  return slots;
}

export interface Crumb {
  title: string;
  to?: string;
}

/** Where one is: `<Crumbs items={[{ title: "Cases", to: "/cases" }, { title: "Ana Ruiz" }]} />`; children are chips beside it. */
export function Crumbs({ items, children }: { items: Crumb[]; children?: ReactNode }) {
  const { crumbs } = useHeaderSlots();
  const title = items.map((item) => item.title).join(" / ");
  const last = items.at(-1)?.title;
  useEffect(() => {
    document.title = last ? `${last} · Rondo` : "Rondo";
  }, [last]);
  if (!crumbs) return null;
  return createPortal(
    <>
      <nav aria-label="You are here" className={classes.crumbs} title={title}>
        {items.map((item, index) => (
          <Fragment key={`${item.to ?? ""}${item.title}`}>
            {index > 0 && (
              <span className={classes.slash} aria-hidden="true">
                /
              </span>
            )}
            {item.to && index < items.length - 1 ? (
              <Link to={item.to} className={classes.crumb}>
                {item.title}
              </Link>
            ) : (
              <h1 className={classes.here}>{item.title}</h1>
            )}
          </Fragment>
        ))}
      </nav>
      {children}
    </>,
    crumbs,
  );
}

/** What can be done on this page, at the right of the header. */
export function Actions({ children }: { children: ReactNode }) {
  const { actions } = useHeaderSlots();
  return actions ? createPortal(children, actions) : null;
}
