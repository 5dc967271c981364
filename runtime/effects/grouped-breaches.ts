import type { Subject } from "#engine/contract/subject.ts";
import type { Escalation, MetricTrigger } from "#engine/definition/escalation.ts";
import type { Period } from "#engine/time/period.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { sha256 } from "#engine/words/sha256.ts";
import type { OutboxRow } from "../store/outbox-lanes.ts";

/** A breach that belongs to a group. */
export interface Breach {
  subject: Subject;
  period: Period;
  data: Record<string, Json>;
  /** The key of the group, and the unit that it names. */
  key: string;
  unit: string | null;
}

/** The key of a group's case. */
export const groupKey = (trigger: MetricTrigger, key: string): string => `breach ${trigger.metric} ${key}`;

/**
 * The effects that tell of breaches by group: one for each group however many are in it, so that fifty locations make one
 * alert of fifty rows. The ladder is about the unit that the key names, and climbs as the worst of the group asks.
 */
export function groupedStarts(
  escalation: Escalation,
  trigger: MetricTrigger,
  breaches: readonly Breach[],
  { withinMinutes, cause, now }: { withinMinutes: number | undefined; cause: string; now: number },
): OutboxRow[] {
  return [...Map.groupBy(breaches, ({ key }) => key)].map(([key, group]) => {
    const [first] = group;
    const named = group.map(({ subject, period }) => [subject.kind, subject.id, period.id]);
    // Who is back and breaches once more, within the same period too, is news: each time that values come in asks anew.
    const id = `breach/${escalation.id}/group/${sha256(canonical([cause, key, named])).slice(0, 32)}`;
    const payload = {
      id,
      kind: "start-case",
      step: "",
      definition: { kind: "escalation", id: escalation.id },
      subject: first!.unit === null ? first!.subject : { kind: "unit", id: first!.unit },
      period: first!.period.id,
      with: worstOf(trigger, group).data,
      key: groupKey(trigger, key),
      answer: false,
      shared: {
        ...(withinMinutes === undefined ? {} : { withinMinutes }),
        members: group.map(({ subject, data }) => ({ caseId: null, waits: false, subject, data })),
      },
    };
    return { id, caseId: null, kind: "start-case", payload, at: now };
  });
}

/** The breach that is furthest off: what tiers compare. */
function worstOf(trigger: MetricTrigger, group: readonly Breach[]): Breach {
  const upward = trigger.tiers?.some(({ above }) => above !== undefined) ?? false;
  const value = ({ data }: Breach) => (typeof data.value === "number" ? data.value : 0);
  return group.reduce((worst, one) => ((upward ? value(one) > value(worst) : value(one) < value(worst)) ? one : worst));
}
