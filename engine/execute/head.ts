import type { Compiled } from "../compile/compile.ts";
import type { CaseHead } from "./facts.ts";
import type { Joining } from "./members.ts";
import type { CaseState } from "./state.ts";

/** The part of a case that facts are read against. */
export function headOf(
  compiled: Compiled,
  state: Pick<CaseState, "id" | "subject" | "period" | "trigger" | "openedAt"> & {
    members?: readonly Joining[] | undefined;
  },
): CaseHead {
  return {
    id: state.id,
    subject: state.subject,
    period: state.period,
    trigger: state.trigger,
    openedAt: state.openedAt,
    ...(state.members ? { members: state.members } : {}),
    parameterTypes: compiled.parameters,
  };
}
