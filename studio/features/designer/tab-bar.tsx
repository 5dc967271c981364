import type { KeyboardEvent, ReactNode } from "react";

export interface TabItem {
  id: string;
  label: ReactNode;
}

/** A row of tabs after the ARIA pattern: arrows walk, one stop for the keyboard. `panel` is the id of what they change. */
export function TabBar(props: {
  items: readonly TabItem[];
  value: string | null;
  onChange: (id: string) => void;
  label: string;
  panel: string;
  className: string | undefined;
  tabClass: string | undefined;
  children?: ReactNode;
}) {
  const { items, value, onChange } = props;
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const index = items.findIndex((item) => item.id === value);
    const next = items[(index + step + items.length) % items.length];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next.id);
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div className={props.className}>
      <div role="tablist" aria-label={props.label} onKeyDown={walk} style={{ display: "contents" }}>
        {items.map((item, index) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            aria-selected={item.id === value}
            aria-controls={props.panel}
            tabIndex={item.id === value || (value === null && index === 0) ? 0 : -1}
            className={props.tabClass}
            onClick={() => onChange(item.id)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {props.children}
    </div>
  );
}
