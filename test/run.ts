import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOrInstallBrowser } from "./support/browser.ts";

/**
 * `npm test [-- suite …]`: every suite, or those that are named (unit, runtime, browser, hosts), one after the other. The last
 * line counts what ran. Where the shared data folder lies beside the checkout, a test that was skipped for want of data fails.
 */
const root = join(import.meta.dirname, "..");
const all = ["unit", "runtime", "browser", "hosts"];
const asked = process.argv.slice(2).filter((word) => all.includes(word));
const rest = process.argv.slice(2).filter((word) => !all.includes(word));
const suites = asked.length > 0 ? asked : all;

if (suites.includes("browser")) {
  const browser = findOrInstallBrowser((line) => console.error(line));
  if (browser) process.env.CHROMIUM_PATH = browser;
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; message?: string; assertionResults: { status: string; fullName: string }[] }[];
}

let [passed, failed, skipped] = [0, 0, 0];
const lacking: string[] = [];
for (const suite of suites) {
  const folder = mkdtempSync(join(tmpdir(), "rondo-test-"));
  const file = join(folder, "report.json");
  const began = Date.now();
  console.log(`\n── ${suite} ${"─".repeat(60 - suite.length)}`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      // A suite may be several projects: `unit` is `unit` and `unit-studio`.
      ...["--config", "test/vitest.config.ts", "--project", `${suite}*`, "--passWithNoTests"],
      ...["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`],
      ...rest,
    ],
    { cwd: root, stdio: "inherit" },
  );
  if (existsSync(file)) {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    passed += report.numPassedTests;
    // A file that could not be loaded ran no test at all: it counts as a failure, not as nothing.
    const broken = report.testResults.filter((result) => result.assertionResults.length === 0 && result.message).length;
    failed += Math.max(report.numFailedTests + broken, status === 0 ? 0 : 1);
    skipped += report.numPendingTests + report.numTodoTests;
    for (const { name, assertionResults } of report.testResults) {
      if (suite === "browser" || !readFileSync(name, "utf8").includes("skipIf")) continue;
      for (const { status: one, fullName } of assertionResults)
        if (one !== "passed" && one !== "failed") lacking.push(fullName);
    }
  } else failed += 1;
  rmSync(folder, { recursive: true, force: true });
  console.log(`${suite}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

if (existsSync(join(root, "../shared/data")) && lacking.length > 0) {
  console.log(`\nThe shared data are here, and these tests were skipped all the same:\n${lacking.join("\n")}`);
  failed += lacking.length;
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
