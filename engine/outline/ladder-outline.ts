import type { Escalation } from "../definition/escalation.ts";
import { pointer } from "../words/pointer.ts";
import type { DurationValue } from "../words/reference.ts";
import type { OutlineEdge, OutlineNode } from "./model.ts";
import { peopleInWords, personInWords } from "./person-in-words.ts";
import { triggerInWords } from "./trigger-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, spell, timesInWords } from "./words.ts";

/** A ladder: what starts it, its levels one above the other, and who owns it in the end. */
export function ladderOutline(ladder: Escalation, wording: Wording): { nodes: OutlineNode[]; edges: OutlineEdge[] } {
  const nodes: OutlineNode[] = [];
  const edges: OutlineEdge[] = [];
  const join = (from: string, to: string, label: string, path: string, event = "") =>
    edges.push({ id: `$${from}-${to}-${edges.length}`, from, to, label, event, guarded: false, path });
  const first = ladder.levels[0]!;
  const start = ladder.trigger ? triggerInWords(ladder.trigger, wording, ladder.subject) : "something asks for it";
  nodes.push({
    id: "$trigger",
    kind: "trigger",
    title: capital(start),
    chips: triggerChips(ladder),
    start: true,
    path: ladder.trigger ? "/trigger" : "",
  });

  const tiers = ladder.trigger && "rule" in ladder.trigger ? (ladder.trigger.tiers ?? []) : [];
  for (const [index, tier] of tiers.entries()) {
    if (ladder.levels.some((level) => level.id === tier.startAt)) {
      join("$trigger", tier.startAt, tierInWords(tier, wording), pointer("trigger", "tiers", index), "tier");
    }
  }
  if (!tiers.some((tier) => tier.startAt === first.id))
    join(
      "$trigger",
      first.id,
      isAtOnce(first.after) ? "at once" : `after ${wording.shortDuration(first.after)}`,
      "/levels/0/after",
    );

  for (const [index, level] of ladder.levels.entries()) {
    const path = pointer("levels", index);
    const told = level.notify?.length ? capital(peopleInWords(level.notify)) : undefined;
    const position = ladder.layout?.[level.id];
    nodes.push({
      id: level.id,
      kind: "level",
      title: level.title,
      ...(told ? { subtitle: told } : {}),
      time: isAtOnce(level.after) ? "at once" : wording.shortDuration(level.after),
      chips: [
        ...(level.via ?? []),
        ...(level.clock ? [`${spell(level.clock)} clock`] : []),
        ...(level.start ? [`starts ${wording.document("workflow", level.start.workflow)}`] : []),
      ],
      start: false,
      path,
      ...(position ? { position } : {}),
    });
    const next = ladder.levels[index + 1];
    if (next)
      join(level.id, next.id, `after ${wording.shortDuration(next.after)}`, pointer("levels", index + 1, "after"));
  }
  const last = ladder.levels.at(-1)!;
  if (ladder.repeat && ladder.repeat.times > 0) {
    const label = `again, ${timesInWords(ladder.repeat.times)}, after ${wording.shortDuration(ladder.repeat.every)}`;
    join(last.id, first.id, label, "/repeat");
  }
  if (ladder.fallback) {
    nodes.push({
      id: "$fallback",
      kind: "fallback",
      title: "Fallback owner",
      subtitle: capital(personInWords(ladder.fallback)),
      chips: [],
      start: false,
      path: "/fallback",
    });
    join(last.id, "$fallback", "if nobody answered", "/fallback");
  }
  return { nodes, edges };
}

function triggerChips({ trigger, maxAge }: Escalation): string[] {
  if (!trigger || !("rule" in trigger)) return maxAge ? ["gives up after a time"] : [];
  return [...(trigger.pending === undefined ? [] : ["must persist"]), ...(trigger.cooldown ? ["cools down"] : [])];
}

/** Whether a level fires as soon as its clock starts. */
export function isAtOnce(after: DurationValue): boolean {
  return !("parameter" in after) && Object.values(after).every((part) => part === 0);
}

/** A bound of a tier in words: `below -10 %`. */
export function tierInWords(tier: { below?: unknown; above?: unknown }, wording: Wording): string {
  const [word, bound] = tier.below === undefined ? ["above", tier.above] : ["below", tier.below];
  if (bound === undefined) return "any breach";
  return `${word} ${typeof bound === "number" ? bound : wording.value(bound as { parameter: string })}`;
}
