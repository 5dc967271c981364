import type { Finding } from "#engine/rules/analyse/finding.ts";
import type { Json } from "#engine/words/json.ts";
import { useEditing, useOpen, useRun } from "../../document/editing.tsx";
import type { FoundIssue } from "./check.ts";
import { FindingWays } from "./finding-ways.tsx";
import { placeOfIssue } from "./place-of-issue.ts";
import classes from "./problems.module.css";
import { quickFix } from "./quick-fixes.ts";
import type { Problems } from "./use-problems.ts";

const WORDS = { error: "Stops publishing", warning: "Worth a look", info: "Good to know" };
const ORDER = { error: 0, warning: 1, info: 2 };

/** What is wrong, worst first: whom it is about, one sentence, and the obvious fix. A click goes there. */
export function ProblemsPanel({
  problems: { issues, checked, current },
  onShow,
}: {
  problems: Problems;
  onShow: (select: string | null, path: string) => void;
}) {
  const { store } = useEditing();
  const document = useOpen((state) => state.document);
  const broken = useOpen((state) => state.problem);
  const run = useRun();
  const listed: FoundIssue[] = broken
    ? [
        {
          code: "malformed-json",
          path: "",
          severity: "error",
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
        const { finding } = issue;
        const place = placeOfIssue(document, issue.path);
        const involved = finding ? involvedIn(document, finding) : [];
        const fix = broken || finding ? null : quickFix(document, issue);
        return (
          <li key={`${issue.code} ${issue.path} ${issue.message}`} className={classes.row}>
            <button
              type="button"
              className={classes.go}
              onClick={() => {
                store.getState().select(involved.length > 0 ? involved : place.select === null ? [] : [place.select]);
                onShow(involved[0] ?? place.select, issue.path);
              }}
            >
              <span
                className={`${classes.dot} ${classes[issue.severity] ?? ""}`}
                role="img"
                aria-label={WORDS[issue.severity]}
                title={WORDS[issue.severity]}
              />
              <span className={classes.name}>{(finding && aboutWhat(finding)) ?? place.name}</span>
              <span className={classes.message}>
                {issue.message} {issue.hint && <span className={classes.hint}>{issue.hint}</span>}
                {finding?.fix && <span className={classes.hint}>{finding.fix.words}.</span>}
              </span>
            </button>
            {finding && !broken && <FindingWays finding={finding} current={current} />}
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

/** The ids of the rows or rules that a finding is about, as editors select them. */
function involvedIn(document: Json, { rows = [], rules = [] }: Finding): string[] {
  return [...rows.map((row) => `/table/rows/${row}`), ...rules.map((rule) => `/rules/${rule}`)].flatMap(
    (path) => placeOfIssue(document, path).select ?? [],
  );
}

const KINDS: Partial<Record<Finding["code"], string>> = {
  gap: "No answer",
  "threshold-gap": "No answer",
  overlap: "Two answers",
  "threshold-overlap": "Two answers",
  conflict: "Conflict",
  masked: "Never reached",
  duplicate: "Said twice",
  "never-holds": "Never holds",
  "always-holds": "Always holds",
  "unused-fact": "Unused fact",
};

/** What kind of finding it is, with the rows where there are few enough to name. */
function aboutWhat({ code, rows = [] }: Finding): string | undefined {
  const kind = KINDS[code];
  if (!kind || rows.length === 0 || rows.length > 3) return kind;
  return `${kind}: ${rows.length === 1 ? "row" : "rows"} ${rows.map((row) => row + 1).join(", ")}`;
}
