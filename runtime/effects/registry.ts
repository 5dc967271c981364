import { announceEffect } from "./announce.ts";
import { answerAgainEffect } from "./answer-again.ts";
import { answerParentEffect } from "./answer-parent.ts";
import { callEffect } from "./call.ts";
import type { EffectHandler } from "./effect.ts";
import { emailEffect } from "./email.ts";
import { followEffect } from "./follow.ts";
import { importedEffect } from "./imported.ts";
import { lookEffect } from "./look.ts";
import { observedEffect } from "./observed.ts";
import { payoutEffect } from "./payout.ts";
import { rearmEffect } from "./rearm.ts";
import { releaseEffect } from "./release.ts";
import { signalCaseEffect } from "./signal-case.ts";
import { startCaseEffect } from "./start-case.ts";
import { wakeCaseEffect } from "./wake-case.ts";
import { writeObservationEffect } from "./write-observation.ts";
import { writePersonEffect } from "./write-person.ts";
import { writeRecordEffect } from "./write-record.ts";

/** Every kind of effect. To add one: a file beside this, and a line here. */
export const EFFECTS: readonly EffectHandler[] = [
  startCaseEffect,
  signalCaseEffect,
  wakeCaseEffect,
  answerParentEffect,
  answerAgainEffect,
  callEffect,
  payoutEffect,
  writePersonEffect,
  writeObservationEffect,
  writeRecordEffect,
  releaseEffect,
  emailEffect,
  announceEffect,
  importedEffect,
  observedEffect,
  rearmEffect,
  followEffect,
  lookEffect,
];
