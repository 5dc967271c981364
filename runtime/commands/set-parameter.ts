import type { Parameter } from "#engine/definition/parameter.ts";
import { valueProblem } from "#engine/lint/parameter-bounds.ts";
import type { Json } from "#engine/words/json.ts";
import { rememberKeys } from "../store/idempotency.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { insertParameterChange, type ParameterChange, type ParameterScope } from "../store/parameters.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** An edit of a parameter on the live system. `expectedVersion` is 0 for one that was never edited. */
export interface SetParameterInput {
  value: number | string | boolean;
  scope: ParameterScope;
  reason: string;
  expectedVersion: number;
  key?: string;
}

/** A parameter that a live document declares. Throws `Refused` where there is none. */
export function declaredParameter(runtime: Runtime, kind: string, id: string, name: string): Parameter {
  const { live } = runtime.catalogue;
  const declared =
    kind === "parameters"
      ? live.find("parameters", id)?.values
      : kind === "workflow" || kind === "escalation" || kind === "plan" || kind === "cadence" || kind === "ruleset"
        ? live.find(kind, id)?.parameters
        : undefined;
  const parameter = declared && Object.hasOwn(declared, name) ? declared[name] : undefined;
  if (!parameter) throw new Refused("not-found", `No published ${kind} "${id}" declares a parameter "${name}".`);
  return parameter;
}

/**
 * Changes a parameter without a new version of any definition. `scope` says whom it reaches: new cases, open cases from their
 * next step, or open cases now. Throws `Refused`: `out-of-bounds`, `stale-revision`, `not-found`.
 */
export async function setParameter(
  runtime: Runtime,
  principal: Principal,
  kind: string,
  id: string,
  name: string,
  input: SetParameterInput,
): Promise<ParameterChange> {
  const { key: _key, ...body } = input;
  return runtime.keys.once<ParameterChange>(
    principal,
    input.key,
    { set: { kind, id, name, ...body } },
    async (remember) => {
      const parameter = declaredParameter(runtime, kind, id, name);
      const problem = valueProblem(parameter, input.value);
      if (problem) throw new Refused("out-of-bounds", `"${parameter.title}" ${problem}.${boundsOf(parameter)}`);
      const history = runtime.parameters.history({ kind, id }, name);
      const version = history.at(-1)?.version ?? 0;
      const stale = () =>
        new Refused("stale-revision", `"${parameter.title}" has been changed meanwhile. Look at its value again.`);
      if (version !== input.expectedVersion) throw stale();
      const at = runtime.clock.now();
      const change: ParameterChange = {
        kind,
        id,
        name,
        version: version + 1,
        old: (history.at(-1)?.value ?? parameter.default) as Json,
        value: input.value,
        scope: input.scope,
        reason: input.reason,
        by: principal.personId,
        at,
      };
      const remembered = remember(change);
      const write = runtime.audit.write(
        {
          at,
          by: principal.personId,
          what: "parameter.changed",
          words: `changed "${parameter.title}" from ${String(change.old)} to ${String(change.value)}`,
          details: { ...change },
        },
        [
          insertParameterChange(change),
          ...(remembered ? rememberKeys([remembered]) : []),
          ...(input.scope === "open-now" ? outboxStatements([rearming(change)]) : []),
        ],
      );
      await write.catch((cause) => {
        throw /UNIQUE/.test(String(cause)) ? stale() : cause;
      });
      await runtime.parameters.refresh();
      if (input.scope === "open-now") runtime.events.emit({ topic: "effects", id: "outbox", revision: 0 });
      runtime.events.emit({ topic: "parameter", id: `${kind}/${id}/${name}`, revision: change.version });
      return change;
    },
  );
}

/** Open cases are told by an effect, so that a change of thousands neither waits nor is forgotten. */
function rearming({ kind, id, name, version, reason, by, at }: ParameterChange): OutboxRow {
  const payload = { kind, id, name, reason, by };
  return { id: `parameter/${kind}/${id}/${name}/${version}`, caseId: null, kind: "rearm", payload, at };
}

function boundsOf({ min, max }: Parameter): string {
  if (min !== undefined && max !== undefined) return ` Choose between ${min} and ${max}.`;
  if (min !== undefined) return ` Choose ${min} or more.`;
  return max === undefined ? "" : ` Choose ${max} or less.`;
}
