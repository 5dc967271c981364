import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { declaredParameter, setParameter } from "../../commands/set-parameter.ts";
import { parameterEffect } from "../../projections/parameter-effect-view.ts";
import { ownerRole, parameterView, parameterViews } from "../../projections/parameter-view.ts";
import type { HandlersOf } from "../handler.ts";

/** Thresholds on the live system: read by who works with definitions, changed by an HR admin or whoever owns the one. */
export const parameters: HandlersOf<"parameters" | "setParameter" | "previewParameter"> = {
  parameters: async (_, { runtime, reader }) => {
    const items = await parameterViews(runtime, reader);
    const { policy } = reader;
    const all = (["design", "administer", "people", "incentives"] as const).some((ability) => policy.may(ability));
    const shown = all ? items : items.filter(({ mayEdit }) => mayEdit);
    if (shown.length === 0 && !all) {
      throw new Forbidden("None of the parameters is yours to change. Ask an HR administrator.", {
        kind: "parameter",
        id: "all",
      });
    }
    return { items: shown };
  },

  setParameter: async ({ params: { kind, id, name }, body }, { runtime, reader, key: header }) => {
    requireParameter(runtime, reader, kind, id, name);
    const { key = header, ...change } = body;
    await setParameter(runtime, reader, kind, id, name, { ...change, ...(key === undefined ? {} : { key }) });
    return parameterView(runtime, reader, kind, id, name);
  },

  previewParameter: ({ params: { kind, id, name }, body }, { runtime, reader }) => {
    requireParameter(runtime, reader, kind, id, name);
    return parameterEffect(runtime, reader, { kind, id }, name, body.value);
  },
};

function requireParameter(runtime: Runtime, { policy }: Reader, kind: string, id: string, name: string): void {
  const owner = ownerRole(declaredParameter(runtime, kind, id, name));
  if (policy.editsParameter(owner)) return;
  throw new Forbidden(`This parameter is changed by an HR administrator${owner ? ` or the ${owner}` : ""}.`, {
    kind: "parameter",
    id: `${kind}/${id}/${name}`,
  });
}
