import { availableParallelism, loadavg } from "node:os";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, openStage, type Stage } from "./stage.ts";

const ATTAINMENT = [
  "< 50%",
  "[50%..60%)",
  "[60%..70%)",
  "[70%..80%)",
  "[80%..90%)",
  "[90%..100%)",
  "[100%..120%)",
  ">= 120%",
];
const MARGIN = ["< 20%", "[20%..22%)", "[22%..25%)", "[25%..28%)", ">= 28%"];

/** Forty rows as a spreadsheet copies them; three were typed wrongly: two leave a gap, one reaches into the next band. */
function commissionTable(): string {
  const lines = ATTAINMENT.flatMap((attainment, i) =>
    MARGIN.map((margin, j) => [attainment, margin, `${i + (j + 1) / 2}%`]),
  );
  lines[17] = ["[72%..80%)", "[22%..25%)", "4.5%"];
  lines[21] = ["[80%..95%)", "[20%..22%)", "5%"];
  lines[39] = ["> 120%", ">= 28%", "9.5%"];
  return [["Laptops sold: attainment", "Gross margin: value", "Commission"], ...lines]
    .map((line) => line.join("\t"))
    .join("\r\n");
}

const grid = (page: Page) => page.getByRole("grid", { name: "Decision table" });
const cell = (page: Page, row: number, column: number) => page.locator(`#cell-${row - 1}-${column}`);
const problems = (page: Page) => page.getByRole("region", { name: "Problems and versions" });
const counts = async (page: Page) =>
  (
    await problems(page)
      .getByRole("tab", { name: /^Problems/ })
      .innerText()
  ).match(/\d+/g);

/** Point 6.4 of the issue about rules, in a real browser on the reference organisation. */
describe.skipIf(browserPath === undefined)("a commission table", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(() => stage?.end());

  it("F20, U24: forty rows pasted from a spreadsheet make the table, with its columns joined to what is stored", async () => {
    const { page, shot } = stage;
    await page.getByRole("link", { name: /^Rules/ }).click();
    await page.getByRole("button", { name: "New rule set" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Sales commission");
    await page.getByRole("button", { name: "Start blank" }).click();
    await page.getByRole("radiogroup", { name: "As rules or as a table" }).getByText("Table").click();
    await page.getByText("An empty table").waitFor();
    await shot("empty-table");
    await page.evaluate((text) => navigator.clipboard.writeText(text), commissionTable());
    await grid(page).focus();
    await page.keyboard.press("Control+v");
    await cell(page, 1, 0).getByText("< 50%").waitFor();
    expect(await grid(page).getAttribute("aria-rowcount")).toBe("42");
    await expect.poll(() => counts(page), { timeout: 10_000 }).toEqual(["1", "2"]);
    const written = await draftOf(stage);
    expect(written.table.hitPolicy).toBe("unique");
    expect(written.table.rows).toHaveLength(40);
    expect(written.table.columns[0]).toMatchObject({ fact: "metric", path: "$.attainment", type: "percent" });
    expect(written.table.columns[1]).toMatchObject({ params: { id: "gross-margin" }, type: "percent" });
    expect(written.table.rows[17]).toEqual({ cells: ["[72%..80%)", "[22%..25%)"], out: [0.045] });
    await shot("pasted");
  });

  it("F65, U18, U25: its two gaps and its overlap are told with samples, stop a publish, and go by a click each", async () => {
    const { page, shot } = stage;
    await problems(page)
      .getByRole("tab", { name: /^Problems/ })
      .click();
    await problems(page).getByRole("listitem").first().waitFor();
    await shot("problems");
    const told = await problems(page).getByRole("listitem").allInnerTexts();
    expect(told[0]).toContain("For example Laptops sold: attainment 93 %, Gross margin: value 21 %");
    expect(told.filter((one) => /No answer/.test(one) && /For example/.test(one))).toHaveLength(2);

    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("One problem stops this").waitFor();
    await dialog.getByText("2 things are worth a look").waitFor();
    expect(await dialog.getByRole("button", { name: "Publish version 1" }).isDisabled()).toBe(true);
    await shot("publish-blocked");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    const fix = problems(page).getByRole("button", { name: "Fix", exact: true });
    await problems(page).getByRole("button").filter({ hasText: "Two answers" }).click();
    await page
      .locator("[data-tone=overlap]")
      .filter({ has: page.locator("[data-selected]") })
      .waitFor();
    expect(await page.locator("[data-tone=overlap] [role=rowheader]").first().innerText()).toBe("22");
    await shot("overlap-selected");
    for (const left of [["2"], ["1"]]) {
      await fix.first().click();
      await expect.poll(() => counts(page), { timeout: 10_000 }).toEqual(left);
    }
    // One step of undo each.
    await grid(page).focus();
    await page.keyboard.press("Control+z");
    await expect.poll(() => counts(page), { timeout: 10_000 }).toEqual(["2"]);
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => counts(page), { timeout: 10_000 }).toEqual(["1"]);
    await fix.first().click();
    await problems(page).getByText("No problems. This can be published.").waitFor();
  });

  it("F81: shows within two seconds what it says of 4,950 people, and is published", async () => {
    const { page, shot } = stage;
    // The quickest of three looks counts, and a machine that others keep busy is allowed as much more as it is crowded.
    const allowed = 2_000 * Math.max(1, loadavg()[0]! / availableParallelism());
    const took: number[] = [];
    while (took.length < 3 && !took.some((time) => time < 2_000)) {
      await page.getByRole("tab", { name: "Table", exact: true }).click();
      const started = performance.now();
      await page.getByRole("tab", { name: "Impact", exact: true }).click();
      await page.getByRole("heading", { name: /people would be answered for the first time/ }).waitFor();
      took.push(performance.now() - started);
    }
    expect(Math.min(...took)).toBeLessThan(allowed);
    const impact = page.getByRole("region", { name: "Impact" });
    await shot("impact");
    const answers = (await impact.getByRole("listitem").allInnerTexts()).map((text) => text.split(/\n/));
    const answered = answers.filter(([label]) => /%$/.test(label ?? ""));
    expect(answered.reduce((sum, [, people]) => sum + Number(people?.replaceAll(",", "")), 0)).toBe(4_950);
    expect(await impact.getByText(/Not evaluated, as it is not known/).innerText()).toContain("(97)");
    expect(await impact.getByRole("row").nth(1).innerText()).toMatch(/Laptops sold: attainment [\d.]+ %, .* row \d+/);
    await publish(page, 1);
  });

  it("tells of an edit whom it concerns, from which answer to which, before version 2 is live", async () => {
    const { page, shot } = stage;
    await page.getByRole("tab", { name: "Table", exact: true }).click();
    await grid(page).focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Control+f");
    await page.getByRole("textbox", { name: "Find in the table" }).fill("[80%..90%)");
    await page.getByText(/of 4$/).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    await page.keyboard.type("9%");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "Impact", exact: true }).click();
    await page.getByRole("heading", { name: /^[\d,]+ of 5,047 people would be answered otherwise$/ }).waitFor();
    const impact = page.getByRole("region", { name: "Impact" });
    const [move] = await impact.getByRole("listitem").allInnerTexts();
    expect(move?.replaceAll("\n", " ")).toMatch(/^5.5% 9% \d+$/);
    await shot("impact-of-an-edit");
    const people = Number(/(\d+)$/.exec(move ?? "")?.[1]);
    expect(people).toBeGreaterThan(0);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      impact.getByRole("button", { name: "Take it away as CSV" }).click(),
    ]);
    const lines = (await textOf(await file.createReadStream())).trim().split("\n");
    expect(lines).toHaveLength(people + 1);
    expect(lines[0]).toContain("Person,Name,Unit,Before,After");
    await publish(page, 2);
    expect(
      (await stage.ask<{ brief: { live: { version: number } } }>("/definitions/ruleset/sales-commission")).brief.live
        .version,
    ).toBe(2);
  });

  it("is read on a phone and in the dark as well, and no page said what it should not", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, context } = await stage.another({ viewport: { width: 390, height: 844 }, colorScheme });
      await page.goto(`${stage.url}/design/ruleset/sales-commission`);
      await cell(page, 1, 0).getByText("< 50%").waitFor();
      await stage.shot(`phone-${colorScheme}`, page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(390);
      await page.getByRole("tab", { name: "Impact", exact: true }).click();
      await page.getByText("Nobody is answered otherwise than today").waitFor();
      await stage.shot(`phone-impact-${colorScheme}`, page);
      await context.close();
    }
    expect(stage.complaints).toEqual([]);
  });
});

async function publish(page: Page, version: number): Promise<void> {
  await page.getByRole("button", { name: "Publish…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("region", { name: "Impact" })
    .getByText(/answered (?:otherwise|for the first time)/)
    .waitFor();
  await dialog.getByRole("button", { name: `Publish version ${version}` }).click();
  await dialog.getByText(`Version ${version}`, { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
}

interface Written {
  table: { hitPolicy: string; columns: object[]; rows: { cells: string[]; out: unknown[] }[] };
}

async function draftOf({ page, ask }: Stage): Promise<Written> {
  await page.getByText("Saved", { exact: true }).waitFor();
  return (await ask<{ document: Written }>("/definitions/ruleset/sales-commission")).document;
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  let text = "";
  for await (const part of stream) text += String(part);
  return text;
}
