/**
 * The stable surface of the engine (`#engine`): pure functions over plain data. Inside Rondo, modules are imported by their
 * own path (`#engine/…`), so that the browser pulls only what it uses.
 */
export { compile } from "./compile/compile.ts";
export { catalogueOf } from "./definition/catalogue.ts";
export { jsonSchemaOf } from "./definition/json-schema.ts";
export { parse } from "./definition/parse.ts";
export { advance } from "./execute/advance.ts";
export { availableEvents } from "./execute/possible.ts";
export { rawMachine } from "./execute/raw/raw-machine.ts";
export { runMachine } from "./execute/raw/run.ts";
export { replay } from "./execute/replay.ts";
export { act, advanceTo, nextTimer, simulate } from "./execute/simulate.ts";
export { start } from "./execute/start.ts";
export { computePayout } from "./incentive/compile-plan.ts";
export { recomputePayout } from "./incentive/recompute.ts";
export { lint } from "./lint/run.ts";
export { describe } from "./outline/describe.ts";
export { outline } from "./outline/outline.ts";
export { compileRules } from "./rules/compile.ts";
export { evaluateRules } from "./rules/reference.ts";
export { evaluateTable } from "./rules/table-evaluate.ts";
export { runScenario } from "./scenario/simulated-stage.ts";
export type { Issue } from "./words/issue.ts";
