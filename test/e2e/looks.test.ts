import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { firstLoad } from "../support/first-load.ts";
import { designer } from "./designer.ts";
import { browserPath, openStage, type Stage } from "./stage.ts";

const REPRESENTATIVE = "gs-r-0036";

/** Every page can be used by everybody: with a screen reader, in the dark, on a phone. */
describe.skipIf(browserPath === undefined)("the studio", () => {
  let stage: Stage;
  let pages: Record<string, { as: string | null; path: string; ready: (page: Page) => Promise<unknown> }>;
  beforeAll(async () => {
    stage = await openStage();
    const run = await payoutRun(stage);
    const [review] = (await stage.ask<{ items: { id: string }[] }>("/cases?definition=annual-review&limit=1")).items;
    pages = {
      Home: { as: null, path: "/", ready: (page) => page.getByText("Coming up").waitFor() },
      Inbox: {
        as: REPRESENTATIVE,
        path: "/inbox",
        ready: (page) => page.getByRole("heading", { name: "Self review" }).waitFor(),
      },
      Designer: {
        as: null,
        path: "/design/workflow/annual-review",
        ready: async (page) => {
          await page.locator('.react-flow__node[data-id="manager-review"]').click();
          await page.getByText("Found when the step starts.").waitFor();
        },
      },
      Case: {
        as: null,
        path: `/cases/${review?.id}`,
        ready: (page) => page.locator('.react-flow__node[data-id="self-review"]').waitFor(),
      },
      Statement: {
        as: null,
        path: `/payouts/${run}/people/${REPRESENTATIVE}`,
        ready: async (page) => {
          await page.getByText("the same to the cent").waitFor();
          for (const line of await page.locator("article summary").all()) await line.click();
        },
      },
    };
  }, 120_000);
  afterAll(() => stage?.end());

  for (const colorScheme of ["light", "dark"] as const)
    it(`has nothing serious in the way of anybody on Home, Inbox, Designer, Case and Statement, ${colorScheme}`, async () => {
      const { page, context } = await stage.another({ viewport: { width: 1440, height: 900 }, colorScheme });
      const found: string[] = [];
      for (const [name, { as, path, ready }] of Object.entries(pages)) {
        await stage.as(as, page);
        await page.goto(stage.url + path);
        await ready(page);
        await stage.shot(`${colorScheme}-${name}`, page);
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, impact, nodes } of violations)
          if (impact === "serious" || impact === "critical")
            found.push(`${name}: ${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("\n  ")}`);
      }
      await context.close();
      expect(found).toEqual([]);
    });

  it("shows the inbox and a task on a phone without scrolling sideways, and the way to send it within reach", async () => {
    const { page, context } = await stage.another({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await stage.as(REPRESENTATIVE, page);
    await page.goto(`${stage.url}/inbox`);
    const first = page.getByRole("button", { name: /^Self review/ });
    await first.waitFor();
    await stage.shot("phone-inbox", page);
    expect(await sideways(page)).toBe(0);
    await first.tap();
    await page.getByRole("heading", { name: "Self review" }).waitFor();
    expect(await sideways(page)).toBe(0);
    for (const question of await page.getByRole("radiogroup", { name: /\?$/ }).all())
      await question.getByRole("radio", { name: "4 Exceeds" }).tap();
    await stage.shot("phone-task", page);
    const send = page.getByRole("button", { name: "Submit" });
    const box = await send.boundingBox();
    expect(box && box.y + box.height <= 844 && box.height >= 40).toBe(true);
    await send.tap();
    await page.getByText("Nothing to do").waitFor();
    await stage.shot("phone-done", page);
    expect(await sideways(page)).toBe(0);
    await context.close();
  });

  it("draws a step for many people with a veto and a clock that pauses, sees no problem, and plays it", async () => {
    const { page, context } = await stage.another({ viewport: { width: 1440, height: 900 } });
    const { card, settings, problems } = designer(page);
    await stage.as(null, page);
    await page.goto(`${stage.url}/design/workflow`);
    await page.getByRole("button", { name: "New review cycle" }).click();
    await page.getByRole("dialog").getByRole("textbox").first().fill("Access by peers");
    await page.keyboard.press("Enter");

    await card("review").click();
    await settings.getByLabel("Outcomes", { exact: true }).fill("rejected");
    await page.keyboard.press("Enter");
    await settings.getByText("Several people at once").click();
    await settings.getByRole("button", { name: "Give it to several people…" }).press("Enter");
    await settings.getByRole("combobox", { name: "It goes on" }).click();
    await page.getByRole("option", { name: "By counting outcomes" }).click();
    await settings.getByRole("button", { name: "Set a time…" }).press("Enter");
    await settings.getByRole("button", { name: "Pause it…" }).press("Enter");
    await settings.getByRole("button", { name: "Add a way" }).press("Enter");
    await problems.getByText("No problems. This can be published.").waitFor();
    expect(await card("review").innerText()).toMatch(/Each of their peers\s+by count\s+veto: rejected/);
    expect(await card("review").getByTitle("The clock pauses: a condition holds").count()).toBe(1);
    await stage.shot("many-people", page);

    await page.getByRole("button", { name: "Simulate", exact: true }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const veto = page.getByRole("button", { name: "Rejected" });
    await veto.first().waitFor();
    expect(await veto.count()).toBeGreaterThan(2);
    await page.getByRole("button", { name: "Approved" }).first().click();
    await vi.waitUntil(async () => (await veto.count()) > 0, { timeout: 5_000 });
    await veto.first().click();
    await veto.first().waitFor({ state: "detached" });
    await page.getByText("completed", { exact: true }).waitFor();
    await page.getByText("Review: rejected").waitFor();
    await stage.shot("vetoed", page);
    await context.close();
  });

  it("U39: the canvas waits for less than 330 kB of script as it is sent, Home for less than 220", () => {
    expect(firstLoad("workflow-page-")).toBeLessThan(330_000);
    expect(firstLoad("home-page-")).toBeLessThan(220_000);
  });

  it("asked nobody but its own server for anything, and had nothing to complain about", () => {
    expect(stage.complaints).toEqual([]);
  });
});

/** How far the page could be scrolled to the side, in pixels. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Computes the quarter's bonus and answers the run. */
async function payoutRun(stage: Stage): Promise<string> {
  const job = await stage.ask<{ id: string }>("/plans/sales-quarter/runs", { period: "2025-Q4" });
  await vi.waitUntil(() => isDone(stage, job.id), { timeout: 30_000, interval: 200 });
  const { items } = await stage.ask<{ items: { id: string }[] }>("/payouts");
  return items[0]?.id ?? "";
}

const isDone = async (stage: Stage, id: string) =>
  (await stage.ask<{ status: string }>(`/jobs/${id}`)).status === "done";
