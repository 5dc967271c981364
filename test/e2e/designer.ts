import type { Locator, Page } from "playwright-core";

/** The designer as a person sees it: cards by their step id, the bar below, the text in Monaco. */
export const designer = (page: Page) => ({
  card: (step: string): Locator => page.locator(`.react-flow__node[data-id="${step}"]`),
  /** Where each card lies in the drawing, whatever part of it is in view. */
  places: (): Promise<Record<string, string>> =>
    page
      .locator(".react-flow__node")
      .evaluateAll((nodes) =>
        Object.fromEntries(
          nodes.map((node) => [(node as HTMLElement).dataset.id ?? "", (node as HTMLElement).style.transform]),
        ),
      ),
  tab: (name: string) => page.getByRole("tab", { name, exact: true }).click(),
  settings: page.getByRole("complementary", { name: "Settings of what is selected" }),
  problems: page.getByRole("region", { name: "Problems and versions" }),
  source: source(page),
});

/** The text of the definition, edited as people do: find a place, then type over it. */
function source(page: Page) {
  const editor = page.locator(".monaco-editor").first();
  const matches = editor.locator(".find-widget .matchesCount");
  const find = async (text: string) => {
    await page.getByRole("textbox", { name: "Source of this definition, JSON" }).focus();
    await page.keyboard.press("Control+f");
    await editor.locator(".find-widget textarea").first().fill(text);
    // The widget counts a moment after the typing; where it is narrow it counts without showing it.
    await page.waitForTimeout(300);
  };
  return {
    /** How often a text occurs. */
    count: async (text: string): Promise<number> => {
      await find(text);
      const said = (await matches.textContent()) ?? "";
      await page.keyboard.press("Escape");
      return Number(/of (\d+)/.exec(said)?.[1] ?? 0);
    },
    /** Types over the first occurrence of a text. */
    replace: async (text: string, by: string) => {
      await find(text);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Escape");
      // Pasted, as typing would have the editor close quotes and braces of its own.
      await page.evaluate((text_) => navigator.clipboard.writeText(text_), by);
      await page.keyboard.press("Control+v");
    },
  };
}
