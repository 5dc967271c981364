import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { ListSkeleton } from "../../ui/states.tsx";
import type { Problems } from "../problems/use-problems.ts";
import classes from "./rules.module.css";

const RulesWords = lazy(async () => ({ default: (await import("./rules-words.tsx")).RulesWords }));

export type AsideTab = "try" | "tests" | "words";

/** Beside the rules: trying them, their tests, and how they read. */
export function RulesAside(props: {
  tab: AsideTab;
  onTab: (tab: AsideTab) => void;
  red: number;
  tests: number;
  problems: Problems;
  tryPanel: ReactNode;
  testsPanel: ReactNode;
  onClose: () => void;
}) {
  const { tab, onTab, red, tests } = props;
  const [list] = useState<AsideTab[]>(["try", "tests", "words"]);
  const label = {
    try: "Try it",
    tests: red > 0 ? `Tests, ${red} red` : tests > 0 ? `Tests (${tests})` : "Tests",
    words: "In words",
  };
  return (
    <>
      <div
        className={classes.asideTabs}
        role="tablist"
        aria-label="Beside the rules"
        onKeyDown={(event) => {
          const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
          if (step === 0) return;
          const next = list[(list.indexOf(tab) + step + list.length) % list.length]!;
          onTab(next);
          event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
        }}
      >
        {list.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            data-tab={one}
            data-red={(one === "tests" && red > 0) || undefined}
            aria-selected={one === tab}
            aria-controls="rules-aside"
            tabIndex={one === tab ? 0 : -1}
            className={classes.asideTab}
            onClick={() => onTab(one)}
          >
            {label[one]}
          </button>
        ))}
        <ActionIcon className={classes.asideClose} aria-label="Close" onClick={props.onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <div id="rules-aside" role="tabpanel" aria-label={label[tab]}>
        {tab === "try" && props.tryPanel}
        {tab === "tests" && props.testsPanel}
        {tab === "words" && (
          <Suspense fallback={<ListSkeleton rows={6} />}>
            <RulesWords problems={props.problems} />
          </Suspense>
        )}
      </div>
    </>
  );
}
