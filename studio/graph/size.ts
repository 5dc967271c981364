import type { Chip } from "./model.ts";

/*
 * Sizes are computed and not measured, so that a layout is known before anything is drawn and nothing moves afterwards.
 * The numbers are those of graph.module.css.
 */
export const CARD_WIDTH = 190;
export const SMALL_WIDTH = 148;
const LINE = { head: 17, title: 19, who: 18, chips: 26, moreChips: 23, padding: 19 };
/** Characters of a title that fit on one line of a card. */
const TITLE_FITS = { card: 23, small: 17 };

/** Frame: room above the children for the title, and around them. */
export const FRAME = { top: 44, side: 20, bottom: 20, gap: 16 };
export const LANE_TOP = 30;

/** Width and height of a card with this much on it. */
export function cardSize(
  shape: "card" | "small",
  title: string,
  who: boolean,
  chips: readonly Chip[],
): { width: number; height: number } {
  const lines = Math.min(2, Math.max(1, Math.ceil(title.length / TITLE_FITS[shape])));
  return {
    width: shape === "card" ? CARD_WIDTH : SMALL_WIDTH,
    height: LINE.padding + LINE.head + lines * LINE.title + (who ? LINE.who : 0) + chipsHeight(chips, shape),
  };
}

/** Width of a chip with these words: its padding, its sign, and about as much as 11 px letters need. */
const chipWidth = (chip: Chip) => 17 + (chip.sign ? 15 : 0) + chip.text.length * 6;

function chipsHeight(chips: readonly Chip[], shape: "card" | "small"): number {
  if (chips.length === 0) return 0;
  const room = (shape === "card" ? CARD_WIDTH : SMALL_WIDTH) - 28;
  let [rows, used] = [1, 0];
  for (const chip of chips) {
    const width = Math.min(room, chipWidth(chip));
    if (used > 0 && used + 4 + width > room) [rows, used] = [rows + 1, width];
    else used += (used > 0 ? 4 : 0) + width;
  }
  return LINE.chips + (rows - 1) * LINE.moreChips;
}

/** Width and height of an end: as wide as its title. */
export function pillSize(title: string): { width: number; height: number } {
  return { width: Math.min(220, Math.max(96, Math.round(title.length * 7.6 + 48))), height: 38 };
}
