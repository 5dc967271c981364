import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { csv } from "./csv.ts";
import type { Month } from "./months.ts";
import type { DemoOrganisation } from "./organisation.ts";
import places from "./places.json" with { type: "json" };
import { random } from "./random.ts";
import { STORY } from "./story.ts";

const CATEGORIES = ["compatibility", "installation", "delivery", "billing", "other"] as const;

/**
 * Complaints and thank-you notes of the twelve months. Complaints become more and take longer from the sixth month on; those
 * that would be resolved after the end of the anchor month are still open. A few thank-you notes name a case that another
 * note names too: they count once where notes are counted by case.
 */
export function recordFiles(
  organisation: DemoOrganisation,
  months: readonly Month[],
  seed: number,
): { name: string; type: string; content: string }[] {
  const draw = random(seed, "records");
  const end = dayOfDate(months.at(-1)?.to ?? "2026-01-01");
  const complaints: (string | null)[][] = [];
  const notes: (string | null)[][] = [];
  for (const [m, month] of months.entries()) {
    const story = STORY[m];
    if (!story) continue;
    const days = dayOfDate(month.to) - dayOfDate(month.from);
    for (let i = 0; i < story.complaints; i++) {
      const about = draw.pick(organisation.representatives);
      const day = dayOfDate(month.from) + draw.whole(0, days - 1);
      const took = Math.max(1, Math.round(draw.around(story.complaintAgeing, story.complaintAgeing * 0.45)));
      const category = draw.chance(0.55)
        ? draw.pick(["compatibility", "installation"] as const)
        : draw.pick(CATEGORIES);
      complaints.push([
        `cmp-${String(complaints.length + 1).padStart(5, "0")}`,
        draw.pick(places.customers),
        draw.pick(places.products),
        category,
        draw.chance(0.6) ? "care" : "distributor",
        `${dateOfDay(day)}T${time(draw.whole(9, 18), draw.whole(0, 59))}`,
        about.id,
        about.location,
        day + took < end ? `${dateOfDay(day + took)}T${time(draw.whole(9, 18), draw.whole(0, 59))}` : null,
      ]);
    }
    for (let i = 0; i < story.thankYous; i++) {
      const about = draw.pick(organisation.representatives);
      const again = notes.length > 0 && draw.chance(0.02) ? notes.at(-1) : undefined;
      notes.push([
        `thx-${String(notes.length + 1).padStart(5, "0")}`,
        again?.[1] ?? draw.pick(places.customers),
        again?.[2] ?? about.id,
        dateOfDay(dayOfDate(month.from) + draw.whole(0, days - 1)),
        draw.chance(0.8) ? "yes" : "no",
        again?.[5] ?? `case-${String(notes.length + 1).padStart(5, "0")}`,
      ]);
    }
  }
  return [
    {
      name: "complaints.csv",
      type: "complaint",
      content: csv(
        ["id", "customer", "product", "category", "channel", "complainedAt", "about", "location", "resolvedAt"],
        complaints,
      ),
    },
    {
      name: "thank-you-notes.csv",
      type: "thank-you",
      content: csv(["id", "customer", "about", "writtenOn", "verified", "case"], notes),
    },
  ];
}

const time = (hours: number, minutes: number) =>
  `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
