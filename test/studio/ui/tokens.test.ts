import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../../../studio/ui/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map((match) => [
    match[1]!,
    { light: match[2]!, dark: match[3]! },
  ]),
);

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

const pairs: [string, string][] = [
  ...["ink", "secondary", "quiet"].flatMap((text) =>
    ["background", "panel", "canvas", "raised", "hover"].map((ground): [string, string] => [text, ground]),
  ),
  ...["accent", "good", "attention", "bad"].flatMap((tone): [string, string][] => [
    [tone, "panel"],
    [tone, "background"],
    [tone, `${tone}-tint`],
  ]),
  ["on-accent", "accent"],
  ["quiet", "accent-tint"],
  ["secondary", "accent-tint"],
  ...["form", "approval", "decision", "calibration", "waiting", "end"].map((kind): [string, string] => [
    `step-${kind}`,
    "panel",
  ]),
];

describe("tokens", () => {
  it.each(["light", "dark"] as const)("every text is readable on every ground it stands on, %s", (theme) => {
    const poor = pairs
      .map(([text, ground]) => ({
        pair: `${text} on ${ground}`,
        ratio: contrast(tokens.get(text)![theme], tokens.get(ground)![theme]),
      }))
      .filter((one) => one.ratio < 4.5)
      .map((one) => `${one.pair}: ${one.ratio.toFixed(2)}`);
    expect(poor).toEqual([]);
  });

  it("the lines of a plot and of a field stand out from what is around them", () => {
    for (const theme of ["light", "dark"] as const) {
      expect(contrast(tokens.get("plot-main")![theme], tokens.get("panel")![theme])).toBeGreaterThan(3);
      expect(contrast(tokens.get("plot-compare")![theme], tokens.get("panel")![theme])).toBeGreaterThan(3);
    }
  });
});
