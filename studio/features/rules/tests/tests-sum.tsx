import classes from "./tests.module.css";

/** How many tests there are, how they go, and how much they reach: the same words for rules, rows and transitions. */
export function TestsSum(props: {
  count: number;
  red: number;
  coverage: { kind: string; reached: number; total: number; share: number } | undefined;
}) {
  const { count, red, coverage } = props;
  return (
    <>
      <p className={classes.sum} data-red={red > 0 || undefined}>
        <strong>{sumOf(count, red)}</strong>{" "}
        {coverage && coverage.total > 0 && (
          <>
            {coverage.reached} of {coverage.total} {coverage.kind} are reached ({Math.round(coverage.share * 100)} %).
          </>
        )}
      </p>
      {red > 0 && <p className="secondary">While one is red, this cannot be published.</p>}
    </>
  );
}

/** What no test reaches, the first of it by name. */
export function Unreached({ what, names }: { what: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  const few = what === "rows" ? 12 : 4;
  return (
    <p className="secondary">
      Not reached: {what === "rows" ? "rows " : ""}
      {names.slice(0, few).join(what === "rows" ? ", " : "; ")}
      {names.length > few ? ` and ${names.length - few} more` : ""}.
    </p>
  );
}

function sumOf(count: number, red: number): string {
  if (count === 0) return "No tests yet.";
  const tests = count === 1 ? "One test" : `${count} tests`;
  if (red === 0) return `${tests}, ${count === 1 ? "" : "all "}green.`;
  return `${tests}, ${red === count && count > 1 ? "all" : red} red.`;
}
