/** How far tests go, before something is live: the same words for rules, rows and transitions. */
export function Covered(props: { kind: string; share: number; tests: number; unreached: readonly string[] }) {
  const { kind, share, tests, unreached } = props;
  return (
    <section aria-label="Tests">
      <h3>
        Tests reach {Math.round(share * 100)} % of the {kind}
      </h3>
      <p className="secondary">
        {tests === 0 ? "There are no test cases." : tests === 1 ? "One test case." : `${tests} test cases.`}
        {unreached.length > 0 &&
          ` Not reached: ${unreached.slice(0, 6).join("; ")}${unreached.length > 6 ? ` and ${unreached.length - 6} more` : ""}.`}
      </p>
    </section>
  );
}
