import type { TextIssue } from "#engine/definition/parse-text.ts";
import { useEditing, useOpen, useRun } from "../../document/editing.tsx";
import { placeOfIssue } from "./place-of-issue.ts";
import classes from "./problems.module.css";
import { quickFix } from "./quick-fixes.ts";

const WORDS = { error: "Stops publishing", warning: "Worth a look", info: "Good to know" };
const ORDER = { error: 0, warning: 1, info: 2 };

/** What is wrong, worst first: whom it is about, one sentence, and the obvious fix. A click goes there. */
export function ProblemsPanel({
  issues,
  checked,
  onShow,
}: {
  issues: readonly TextIssue[];
  checked: boolean;
  onShow: (select: string | null, path: string) => void;
}) {
  const { store } = useEditing();
  const document = useOpen((state) => state.document);
  const broken = useOpen((state) => state.problem);
  const run = useRun();
  const listed = broken
    ? [
        {
          code: "malformed-json",
          path: "",
          severity: "error" as const,
          message: `Line ${broken.line}: ${broken.message}`,
          hint: "The drawing shows the last text that was JSON.",
          line: broken.line,
          column: broken.column,
          endLine: broken.line,
          endColumn: broken.column + 1,
        },
      ]
    : [...issues].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  if (!checked && !broken) return <p className={classes.none}>Checking…</p>;
  if (listed.length === 0) return <p className={classes.none}>No problems. This can be published.</p>;
  return (
    <ul className={classes.list}>
      {listed.slice(0, 300).map((issue) => {
        const place = placeOfIssue(document, issue.path);
        const fix = broken ? null : quickFix(document, issue);
        return (
          <li key={`${issue.code} ${issue.path} ${issue.message}`} className={classes.row}>
            <button
              type="button"
              className={classes.go}
              onClick={() => {
                store.getState().select(place.select === null ? [] : [place.select]);
                onShow(place.select, issue.path);
              }}
            >
              <span
                className={`${classes.dot} ${classes[issue.severity] ?? ""}`}
                role="img"
                aria-label={WORDS[issue.severity]}
                title={WORDS[issue.severity]}
              />
              <span className={classes.name}>{place.name}</span>
              <span className={classes.message}>
                {issue.message} {issue.hint && <span className={classes.hint}>{issue.hint}</span>}
              </span>
            </button>
            {fix && (
              <button
                type="button"
                className={classes.fix}
                onClick={() => run(fix.command, { label: fix.label, ...(fix.select ? { select: fix.select } : {}) })}
              >
                {fix.label}
              </button>
            )}
          </li>
        );
      })}
      {listed.length > 300 && <li className={classes.none}>…and {listed.length - 300} more.</li>}
    </ul>
  );
}
