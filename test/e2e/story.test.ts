import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { designer } from "./designer.ts";
import { browserPath, openStage, type Stage } from "./stage.ts";

/** The first paragraph of the issue, done in a real browser; each chapter goes on where the one before ended. */
describe.skipIf(browserPath === undefined)("the story", () => {
  let stage: Stage;
  /** The annual review as its author wrote it. */
  let written: string;
  beforeAll(async () => {
    stage = await openStage();
    written = await draft(stage);
  }, 120_000);
  afterAll(() => stage?.end());

  it("ST2: a new user opens a review cycle, deletes a step, and is told what is wrong while drawing", async () => {
    const { page, shot } = stage;
    const { card, settings, problems } = designer(page);
    await page.getByText("Open cases").waitFor();
    await shot("home");
    await page.getByRole("link", { name: /^Review cycles/ }).click();
    await page.getByRole("button", { name: "New review cycle" }).waitFor();
    await page
      .getByRole("main")
      .getByRole("link", { name: /^Annual review/ })
      .click();
    await card("outlier").click();
    await page.keyboard.press("Delete");
    await card("outlier").waitFor({ state: "detached" });

    const unreachable = problems.getByRole("button").filter({ hasText: "Calibration" }).first();
    await unreachable.waitFor();
    await shot("problems");
    expect(await problems.getByRole("tab", { name: /^Problems/ }).innerText()).toMatch(/[1-9]/);
    expect(await card("calibrate").innerText()).toMatch(/problem/i);
    await unreachable.click();
    expect(await settings.getByRole("textbox", { name: "Name" }).inputValue()).toBe("Calibration");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-id"))).toBe("calibrate");

    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/stop.? this/).waitFor();
    await shot("publish-blocked");
    expect(await dialog.getByRole("button", { name: "Publish version 2" }).isDisabled()).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Undo", exact: true }).first().click();
    await card("outlier").waitFor();
    await problems.getByText("No problems. This can be published.").waitFor();
  });

  it("ST1: a change on the canvas shows in the source and one in the source on the canvas; broken text destroys nothing", async () => {
    const { page, shot } = stage;
    const { card, settings, problems, places, tab, source } = designer(page);
    await page.getByRole("button", { name: "Fit", exact: true }).click();
    const before = await places();
    await card("acknowledge").click();
    await settings.getByRole("textbox", { name: "Time allowed: how many" }).fill("8");
    await card("acknowledge").getByText("8 working days").waitFor();

    await tab("Side by side");
    await page.locator(".monaco-editor .view-line").first().waitFor();
    expect(await source.count('"workingDays": 8')).toBe(1);
    await source.replace('"title": "Acknowledge"', '"title": "Read and sign"');
    await card("acknowledge").getByText("Read and sign").waitFor();
    await shot("side-by-side");
    expect(await places()).toEqual(before);

    await source.replace('"start": "self-review",', '"start": "self-review" oops');
    await problems.getByText(/The drawing shows the last text that was JSON/).waitFor();
    await shot("broken");
    expect(Object.keys(await places()).sort()).toEqual(Object.keys(before).sort());
    expect(await card("acknowledge").innerText()).toContain("Read and sign");
    await source.replace('"self-review" oops', '"self-review",');
    await problems.getByText("No problems. This can be published.").waitFor();
    expect(await places()).toEqual(before);

    await tab("Plain English");
    await page.getByRole("heading", { level: 2, name: "Annual review" }).waitFor();
    expect(await page.getByRole("tabpanel", { name: "Plain English" }).innerText()).toMatch(
      /Read and sign[\s\S]*8 working days/,
    );
    await shot("plain-english");
    await tab("Canvas");
    await page.getByText("Saved", { exact: true }).waitFor();
    expect(await draft(stage)).toBe(
      written
        .replace('"title": "Acknowledge"', '"title": "Read and sign"')
        .replace('"workingDays": 5', '"workingDays": 8'),
    );
  });

  it("simulates the draft for a person: the clock jumps, the ladder climbs, answers lead to the end; it is kept as a test (ST3, U32)", async () => {
    const { page, shot } = stage;
    const { card } = designer(page);
    await page.getByRole("button", { name: "Simulate", exact: true }).click();
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const review = page.getByRole("region", { name: "Annual review" });
    const ladder = page.getByRole("region", { name: "Late review" });
    await review.getByText("Self review").waitFor();
    expect(await ladder.count()).toBe(0);
    await page.getByRole("button", { name: /^Next timer/ }).click();
    await ladder.getByText("Whoever holds the review").waitFor();
    await review.getByText(/late since/).waitFor();
    await shot("simulate-late");
    await page.getByRole("button", { name: /^Next timer: Whoever holds the review/ }).click();
    await ladder.getByText("Their manager").waitFor();

    for (const step of ["Self review", "Manager review"]) {
      await review.getByText(step, { exact: true }).waitFor();
      await review.getByText(/^Answers \(0/).click();
      for (const stars of await review.locator(".mantine-Rating-root").all())
        await stars.getByRole("radio", { name: "3", exact: true }).press("Space");
      await review.getByRole("button", { name: "Submitted" }).click();
    }
    await ladder.getByText("resolved").waitFor();
    await review.getByText("Read and sign").waitFor();
    await shot("simulate-sign");
    expect(await card("manager-review").getAttribute("aria-label")).toMatch(/done|was here|visited/i);
    await review.getByRole("button", { name: "Acknowledged" }).click();
    await review.getByText("completed").waitFor();
    await page.getByText("Messages (").click();
    await shot("simulate-messages");
    await page.getByRole("button", { name: "Save as test" }).click();
    await page.getByText(/^Saved as a test/).waitFor();
    await page.getByRole("button", { name: "Start over" }).click();
    const tests = page.getByRole("region", { name: "Tests" });
    await tests.getByText(/^8 tests, all green\.$/).waitFor();
    await tests.getByText(/9 of 10 transitions are reached \(90 %\)/).waitFor();
    await page.getByRole("button", { name: "Play test 8" }).click();
    await review.getByText("completed").waitFor();
    await page.getByRole("button", { name: "Stop simulating" }).click();
  });

  it("ST5: publishes it: the dialog says in words what changes and what the tests reach, and version 2 is live", async () => {
    const { page, shot } = stage;
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByText(/Read and sign/)
      .first()
      .waitFor();
    expect(await dialog.innerText()).toMatch(/8 working days/);
    await dialog.getByText("Tests reach 90 % of the transitions").waitFor();
    await dialog.getByRole("textbox", { name: "Note for this version" }).fill("Eight days are enough to read and sign");
    await shot("publish");
    await dialog.getByRole("button", { name: "Publish version 2" }).click();
    await dialog.getByText("Version 2", { exact: true }).waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByText(/^v2 is live/).waitFor();
  });

  it("launches it for a unit: a preview first, then progress, and no duplicates when repeated", async () => {
    const { page, shot } = stage;
    const launch = async (button: RegExp) => {
      await page.getByRole("button", { name: "Launch…" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("combobox", { name: "For" }).click();
      await page.keyboard.type("Bhopal Fort");
      await page.getByRole("option", { name: /Bhopal Fort/ }).click();
      await dialog.getByRole("button", { name: button }).waitFor();
      return dialog;
    };
    const first = await launch(/^Open 10 cases$/);
    await first.getByText("10 cases would be opened.").waitFor();
    await shot("launch-preview");
    await first.getByRole("button", { name: "Open 10 cases" }).click();
    await first.getByText(/10 cases opened/).waitFor();
    await shot("launched");
    await first.getByRole("button", { name: "Close" }).last().click();
    const again = await launch(/^Nobody to launch for$/);
    await again.getByText(/10 already open/).waitFor();
    expect(await again.getByRole("button", { name: "Nobody to launch for" }).isDisabled()).toBe(true);
    await again.getByRole("button", { name: "Leave it" }).click();
    // Who asks past the preview gets no second case either.
    await stage.ask("/definitions/workflow/annual-review/launch", { unit: "loc-393", period: "2026" });
    await page.goto(`${stage.url}/cases?definition=annual-review&unit=loc-393`);
    await page.getByText("10 cases", { exact: true }).waitFor();
    await shot("cases");
    await page.getByRole("table", { name: "Cases" }).getByRole("link").first().click();
    await page.getByText("version 2 · 2026").waitFor();
  });

  it("the representative hands in the self review: what is required is asked for first", async () => {
    const { page, shot } = stage;
    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByRole("menuitem", { name: /^Shreya Chaturvedi/ }).click();
    await page.getByText("You see Rondo as").waitFor();
    await page.getByRole("link", { name: /^Inbox/ }).click();
    await page.getByRole("heading", { name: "Self review" }).waitFor();
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("2 answers to look at before this can be sent.").waitFor();
    await shot("inbox-refused");
    await rate(page, "How do you rate your results this year?", "3 Meets");
    await rate(page, "How far have you grown in your role?", "4 Exceeds");
    await page.getByRole("textbox", { name: "What are you most proud of?" }).fill("Two schools came back");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("All done").waitFor();
  });

  it("a high rating for a weak result goes to calibration, and why? says which condition decided", async () => {
    const { page, shot } = stage;
    await stage.as("gs-m-01");
    await page.goto(`${stage.url}/inbox`);
    await page.getByRole("textbox", { name: "Search my tasks" }).fill("Shreya Chaturvedi");
    await page.getByText("1 task", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Shreya Chaturvedi/ }).click();
    await page.getByRole("heading", { name: "Manager review" }).waitFor();
    await rate(page, "Sales against target", "5 Outstanding");
    await rate(page, "Looks after customers", "5 Outstanding");
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByText("No task fits").waitFor();

    await stage.as(null);
    await page.goto(`${stage.url}/cases?definition=annual-review&q=Shreya%20Chaturvedi`);
    await page.getByRole("link", { name: "Shreya Chaturvedi" }).first().click();
    await page.getByText("Now at Calibration.").waitFor();
    const { card } = designer(page);
    await card("calibrate").waitFor();
    await shot("case");
    expect(await card("calibrate").getAttribute("aria-label")).toContain("the case is here");
    expect(await card("manager-review").getAttribute("aria-label")).toMatch(/done/);
    expect(await card("release").getAttribute("aria-label")).not.toMatch(/done|is here/);
    await page.getByRole("button", { name: "Why?" }).first().click();
    const why = page.getByRole("dialog");
    await why.getByText(/decided: outlier/).waitFor();
    await shot("why-decision");
    const rule = await why.innerText();
    expect(rule).toMatch(/Rating was 5, at least 4/);
    expect(rule).toMatch(/Laptops sold attainment was 75 %, below 80 % \(“Sales attainment below which a high rating/);
    expect(rule).toMatch(/low rating, target met\s+did not hold/);
    await why.getByText("laptops-sold").waitFor();
    await page.keyboard.press("Escape");
  });

  it("an unanswered review climbs the ladder on working days; why? says who was told and when", async () => {
    const { page, shot } = stage;
    // Ten working days from 5 January end on the 19th; the manager is told two working days later, the regional head five.
    await stage.later({ to: Date.parse("2026-01-28T12:00:00Z") });
    await page.goto(stage.url);
    await page.getByText("past their due date").waitFor();
    // Of 109 reviews one waits for its calibration, which is a session of its own, and late itself.
    await page.getByText(/^108 late$/).waitFor();
    await page.getByText("Annual review: Calibration").first().waitFor();
    await shot("home-late");
    await page.goto(`${stage.url}/cases?definition=late-review&q=Swati%20Joshi`);
    await page.getByRole("table", { name: "Cases" }).getByRole("link", { name: "Swati Joshi" }).click();
    await page.getByText("Now at Regional head.").waitFor();
    await designer(page).card("region").waitFor();
    await shot("ladder");
    expect(await designer(page).card("region").getAttribute("aria-label")).toContain("the case is here");
    expect(await designer(page).card("manager").getAttribute("aria-label")).toContain("done");
    await page.getByRole("button", { name: "Why?" }).first().click();
    const why = page.getByRole("dialog");
    await why.getByRole("heading", { name: "Who" }).waitFor();
    await shot("why-escalation");
    const words = await why.innerText();
    expect(words).toMatch(/had until 27 January 2026/);
    expect(words).toMatch(/5 working days.*Working days until the regional head is told/);
    expect(words).toMatch(/Nikhil Narayan[\s\S]*head of North/i);
    await page.keyboard.press("Escape");
  });

  it("computes the quarter's bonus from stored sales, and every line of a statement opens to where it comes from", async () => {
    const { page, shot } = stage;
    await page.goto(`${stage.url}/payouts`);
    await page.getByRole("button", { name: "Run a plan…" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Plan" }).click();
    await page.getByRole("option", { name: "Quarterly sales bonus" }).click();
    await dialog.getByRole("combobox", { name: "Period" }).waitFor();
    expect(await dialog.getByRole("combobox", { name: "Period" }).inputValue()).toBe("Q4 2025");
    await dialog.getByRole("button", { name: "Compute" }).click();
    await dialog.getByRole("progressbar").waitFor();
    await dialog.getByText(/^4,950 payouts/).waitFor({ timeout: 30_000 });
    await shot("run-done");
    await dialog.getByRole("button", { name: "See the result" }).click();

    await page.getByText("How the payouts are spread").waitFor();
    await page.getByRole("heading", { name: "By unit" }).waitFor();
    expect(await page.getByRole("img", { name: /^Payouts of .* people by amount/ }).count()).toBe(1);
    await shot("run");
    await page.getByRole("searchbox", { name: "Search people" }).fill("Swati Joshi");
    await page.getByText("1 person", { exact: true }).waitFor();
    await page.getByRole("table", { name: "People of this run" }).getByRole("link", { name: "Swati Joshi" }).click();
    const slip = page.getByRole("article", { name: "Statement of Swati Joshi" });
    await slip.getByText(/Recomputed from the trace just now: .*, the same to the cent\./).waitFor();
    for (const line of await slip.locator("summary").all()) await line.click();
    expect(await slip.getByRole("columnheader", { name: "How" }).count()).toBe(await slip.locator("summary").count());
    await page.getByRole("table", { name: "Sources" }).getByRole("link", { name: "Laptops sold" }).waitFor();
    await shot("statement");
  });

  it("ST7: an admin changes a threshold in one screen with a reason; out of bounds is refused; no version of the graph is made", async () => {
    const { page, shot } = stage;
    await stage.as("gs-hr-admin");
    await page.goto(`${stage.url}/parameters`);
    await page.getByRole("button", { name: "Days until doorstep service" }).click();
    const drawer = page.getByRole("dialog");
    const value = drawer.getByRole("textbox", { name: "Value" });
    const change = drawer.getByRole("button", { name: "Change it" });
    await value.fill("90");
    await drawer.getByRole("textbox", { name: "Reason" }).fill("Customers wait too long");
    await shot("parameter-refused");
    expect(await drawer.innerText()).toMatch(/60/);
    expect(await value.getAttribute("aria-invalid")).toBe("true");
    expect(await change.isDisabled()).toBe(true);
    await value.fill("12");
    await change.click();
    await drawer.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Days until doorstep service" }).click();
    await drawer.getByText("15 days → 12 days for new cases").waitFor();
    await shot("parameter-history");
    expect(await drawer.innerText()).toMatch(/Customers wait too long\s+Aditi Deshpande/);
    await page.keyboard.press("Escape");
    const ladder = await stage.ask<{ brief: { live: { version: number } } }>(
      "/definitions/escalation/unresolved-complaint",
    );
    expect(ladder.brief.live.version).toBe(1);
  });

  it("imports people from a CSV: what it would add, change and refuse is shown by row before anything is written", async () => {
    const { page, shot } = stage;
    await page.goto(`${stage.url}/imports`);
    await page.locator("input[type=file]").setInputFiles({
      name: "joiners.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        [
          "id,name,title,role,manager,unit,hired",
          "new-1,Ada Menon,Sales representative,sales,gs-m-01,team-001,2026-01-19",
          "gs-r-0036,Shreya Mehta,Sales representative,sales,gs-m-01,team-004,2024-09-24",
          ",Nobody,,,,,",
          "new-2,Bo Rao,Sales representative,sales,gs-m-01,team-001,2026-02-30",
        ].join("\n"),
      ),
    });
    const refused = page.getByRole("table", { name: "Refused rows" });
    await refused.getByRole("row", { name: /^4 .*no person id/ }).waitFor();
    await refused.getByRole("row", { name: /^5 .*2026-02-30.*does not exist/ }).waitFor();
    const changes = page.getByRole("table", { name: "Changes" });
    await changes.getByRole("row", { name: /^2 Added Ada Menon/ }).waitFor();
    await changes.getByRole("row", { name: /^3 Changed .*Shreya Chaturvedi → Shreya Mehta/ }).waitFor();
    await shot("import");
    const apply = page.getByRole("button", { name: "Apply 2 changes" });
    expect(await apply.isDisabled()).toBe(true);
    await page.getByRole("switch", { name: "Leave out the 2 refused rows" }).press("Space");
    await apply.click();
    await page.getByRole("heading", { name: "What it did" }).waitFor();
    await page.goto(`${stage.url}/people/new-1`);
    await page.getByText("Ada Menon").first().waitFor();
    await shot("imported");
  });

  it("nothing of all this left the origin, and the console stayed silent", () => {
    expect(stage.complaints).toEqual([]);
  });
});

/** Answers a rating. */
const rate = (page: Page, question: string, step: string) =>
  page.getByRole("radiogroup", { name: question }).getByRole("radio", { name: step }).check();

/** The text of the draft as the server keeps it. */
const draft = async (stage: Stage) =>
  (await stage.ask<{ source: string }>("/definitions/workflow/annual-review")).source;
