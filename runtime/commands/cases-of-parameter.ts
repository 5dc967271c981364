import type { Compiled } from "#engine/compile/compile.ts";
import { countsByParameter } from "#engine/execute/rearm.ts";
import { bundlesInUse } from "../store/bundles.ts";
import type { ParameterHome } from "./parameter-desk.ts";
import type { Runtime } from "./runtime.ts";

/** What open cases run that has the parameter from this home. */
export async function bundlesReading(
  runtime: Runtime,
  home: ParameterHome,
  name: string,
): Promise<Map<string, Compiled>> {
  const found = new Map<string, Compiled>();
  for (const hash of await bundlesInUse(runtime.db)) {
    const { compiled } = await runtime.catalogue.pinned(hash);
    if (!Object.hasOwn(compiled.parameters, name)) continue;
    const own = runtime.parameters.home(compiled, name);
    if (own.kind === home.kind && own.id === home.id) found.set(hash, compiled);
  }
  return found;
}

/** Whether some clock of a definition counts by a parameter. */
export const countsBy = (compiled: Compiled, name: string): boolean =>
  [...compiled.map.clocks.values()].some((clock) => countsByParameter(clock, name));
