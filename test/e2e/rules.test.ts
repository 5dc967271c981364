import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, openStage, type Stage } from "./stage.ts";

const RULESET = {
  kind: "ruleset",
  schema: 1,
  id: "worth-a-look",
  title: "Worth a look",
  facts: {
    "case.rating": { type: "number", title: "Rating", min: 1, max: 5 },
    "case.team": { type: "choice", title: "Squad", of: ["sales", "support"] },
    "case.days": { type: "integer", title: "Days away", min: 0, max: 60 },
  },
  rules: [],
};

describe.skipIf(browserPath === undefined)("writing a rule", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await stage.ask("/definitions", { source: JSON.stringify(RULESET, null, 2) });
  }, 120_000);
  afterAll(() => stage?.end());

  it("F76, U12, U13: by keyboard only: a nested condition, its live verdict, a test that turns red and stops a publish, mended and published", async () => {
    const { page, shot } = stage;
    await page.goto(`${stage.url}/design/ruleset/worth-a-look`);
    const says = page.getByRole("region", { name: "What the rules say" });
    const said = async (word: string) => says.getByText(word, { exact: true }).waitFor();
    const undo = page.getByRole("button", { name: "Add a rule" });
    await undo.waitFor();
    await undo.focus();
    const press = keys(page);

    // The name of the new rule has the keyboard; from there on only keys.
    await press("Enter");
    await page.keyboard.type("strong or away");
    await press("Tab", "Tab", "Tab", "Tab");
    expect(await focused(page)).toMatch(/^Condition: no fact yet/);
    await condition(page, "Rating", "at least", "4");
    await press("Enter");
    await condition(page, "Squad", "is", "support");
    await press("Enter");
    await condition(page, "Days away", "above", "20");
    expect(await sentence(page)).toBe("When rating is at least 4 and squad is support and days away is above 20.");

    // Days away and the team above it become a group, then the group's word changes its place in the sentence.
    await press("Alt+ArrowRight");
    expect(await sentence(page)).toBe("When rating is at least 4 and (squad is support or days away is above 20).");
    expect(await focused(page)).toMatch(/^Condition: Days away/);
    await press("Alt+ArrowUp", "n");
    expect(await sentence(page)).toBe("When rating is at least 4 and (days away is at most 20 or squad is support).");
    await press("n", "Alt+ArrowLeft", "Control+z");
    expect(await sentence(page)).toBe("When rating is at least 4 and (days away is above 20 or squad is support).");
    await shot("rules-nested");

    await page.getByLabel("Rating", { exact: true }).fill("4.5");
    await page.getByLabel("Days away", { exact: true }).fill("10");
    await said("Not evaluated");
    expect(await says.innerText()).toContain("Not known: squad.");
    const team = page.getByRole("combobox", { name: "Squad", exact: true });
    await team.focus();
    await press("ArrowDown", "ArrowDown", "Enter");
    await said("Matched");
    await shot("rules-verdict");
    await page.getByRole("button", { name: "Save as test" }).press("Enter");
    await page.getByText("One test, green.").waitFor();

    // A higher threshold: the verdict changes as it is typed, and the test with it.
    await page.getByLabel("Value", { exact: true }).first().fill("5");
    await page.getByText("One test, 1 red.").waitFor();
    await page.getByRole("tab", { name: "Try it" }).press("Enter");
    await said("Otherwise");
    await page.getByText("Rating was 4.5; it needs to be at least 5.0 (0.5 away).").waitFor();
    await shot("rules-red");

    await page.getByRole("button", { name: "Publish…" }).press("Enter");
    const dialog = page.getByRole("dialog");
    const title = "rating 4.5, days away 10, squad support: matched";
    await dialog.getByText(`The test "${title}" expects "matched" and got "otherwise".`).waitFor();
    await shot("rules-refused");
    expect(await dialog.getByRole("button", { name: "Publish version 1" }).isDisabled()).toBe(true);
    await press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.getByLabel("Value", { exact: true }).first().fill("4");
    await said("Matched");
    await page.getByRole("button", { name: "Publish…" }).press("Enter");
    await dialog.getByRole("button", { name: "Publish version 1" }).press("Enter");
    await dialog.getByText("Version 1").waitFor();
    expect(stage.complaints).toEqual([]);
  }, 120_000);
});

const keys =
  (page: Page) =>
  async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name);
  };

/** The name of what has the keyboard. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName ?? "");

const sentence = async (page: Page) => {
  const text = await page
    .locator("p", { hasText: /^When / })
    .first()
    .innerText();
  return text.replace("Write it as a sentence", "").trim();
};

/** Fills the condition whose handle has the keyboard, by keys, and comes back to its handle. */
async function condition(page: Page, fact: string, operator: string, value: string): Promise<void> {
  const press = keys(page);
  await press("ArrowRight");
  await page.keyboard.type(fact);
  await press("ArrowDown", "Enter", "Tab");
  await page.keyboard.type(operator);
  await press("ArrowDown", "Enter", "Tab", "Control+a");
  await page.keyboard.type(value);
  if (fact === "Squad") await press("ArrowDown", "Enter");
  await press("Escape");
}
