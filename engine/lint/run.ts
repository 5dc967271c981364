import type { Catalogue } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import type { Issue } from "../words/issue.ts";
import { calendarRules } from "./calendar-rules.ts";
import { clockControl } from "./clock-control.ts";
import { conditionsThatRun } from "./conditions-that-run.ts";
import { deadEnd } from "./dead-end.ts";
import { deadlinePolicy } from "./deadline-policy.ts";
import { decisionEvents } from "./decision-events.ts";
import { duplicateIds } from "./duplicate-ids.ts";
import { endlessLoop } from "./endless-loop.ts";
import { eventsOfSteps } from "./events-of-steps.ts";
import { groupMinimum } from "./group-minimum.ts";
import { hold } from "./hold.ts";
import { ladder } from "./ladder.ts";
import { parameterBounds } from "./parameter-bounds.ts";
import { planRules } from "./plan-rules.ts";
import { recurrences } from "./recurrences.ts";
import { ruleAnalysis } from "./rule-analysis.ts";
import { rulesetTests } from "./ruleset-tests.ts";
import { sharedCases } from "./shared-cases.ts";
import { stepWithoutActor } from "./step-without-actor.ts";
import { type Check, lintSubject } from "./subject.ts";
import { targets } from "./targets.ts";
import { tiers } from "./tiers.ts";
import { together } from "./together.ts";
import { unboundedLoop } from "./unbounded-loop.ts";
import { undo } from "./undo.ts";
import { unknownDocument } from "./unknown-document.ts";
import { unknownFact } from "./unknown-fact.ts";
import { unknownField } from "./unknown-field.ts";
import { unknownParameter } from "./unknown-parameter.ts";
import { unreachable } from "./unreachable.ts";
import { weights } from "./weights.ts";

/** Every check, in the order in which an author would want to hear of them: structure, references, meaning. */
export const CHECKS: readonly Check[] = [
  targets,
  duplicateIds,
  unreachable,
  deadEnd,
  endlessLoop,
  unboundedLoop,
  stepWithoutActor,
  together,
  undo,
  hold,
  eventsOfSteps,
  decisionEvents,
  deadlinePolicy,
  sharedCases,
  clockControl,
  unknownDocument,
  unknownParameter,
  unknownFact,
  unknownField,
  conditionsThatRun,
  rulesetTests,
  ruleAnalysis,
  parameterBounds,
  recurrences,
  calendarRules,
  weights,
  planRules,
  groupMinimum,
  ladder,
  tiers,
];

/**
 * What is wrong with the meaning of a definition whose shape is right: an error stops publishing, a warning asks for a
 * look. Each issue's path points at the step, level or component it is about. Pure; a 500-step workflow takes
 * some 50 milliseconds.
 * @param catalogue the documents it may refer to; without one, references to other documents are not judged
 * @param checks all of them, but for a caller that runs some in another way
 */
export function lint(definition: Definition, catalogue?: Catalogue, checks: readonly Check[] = CHECKS): Issue[] {
  const subject = lintSubject(definition, catalogue);
  return checks.flatMap((check) => check(subject));
}
