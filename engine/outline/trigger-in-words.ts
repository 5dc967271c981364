import type { MetricTrigger } from "../definition/escalation.ts";
import type { Trigger } from "../steps/trigger.ts";
import type { Wording } from "./wording.ts";
import { spell } from "./words.ts";

const events: Record<Trigger["on"], string> = {
  "case.opened": "a case is opened",
  "case.closed": "a case is closed",
  "task.overdue": "a task is overdue",
  "task.done": "a task is done",
  "metric.breached": "a metric is breached",
  "metric.stale": "a metric's data is out of date",
  "observations.changed": "new results arrive",
  "person.hired": "somebody is hired",
  "person.moved": "somebody moves to another unit or manager",
  "person.left": "somebody leaves",
  "record.created": "a record is created",
};

const NOT_RECORDS = new Set(["person", "unit", "metric", "organisation", "case", "task"]);

/**
 * What starts something, as half a sentence: `a complaint is recorded and category is installation`.
 * @param subject what the cases are about: a record type names the record that is meant
 */
export function triggerInWords(trigger: Trigger | MetricTrigger, wording: Wording, subject?: string): string {
  if ("rule" in trigger) {
    const of = trigger.of ? ` of a ${trigger.of}` : "";
    return `${wording.document("metric", trigger.metric)}${of} breaches the rule ${wording.document("ruleset", trigger.rule)}`;
  }
  let words = events[trigger.on];
  const record = trigger.record ?? (subject && !NOT_RECORDS.has(subject) ? subject : undefined);
  if (trigger.on === "record.created" && record) words = `a ${spell(record)} is recorded`;
  if (trigger.workflow) words = `${words} in ${wording.document("workflow", trigger.workflow)}`;
  if (trigger.metric) words = words.replace("a metric", wording.document("metric", trigger.metric));
  return trigger.when ? `${words} and ${wording.condition(trigger.when)}` : words;
}
