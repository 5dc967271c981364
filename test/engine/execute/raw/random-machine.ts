import fc from "fast-check";

type Node = Record<string, unknown>;

/** What may come from outside. `e.*` matches the last two, and `*` all. */
export const EVENTS = ["e0", "e1", "e.a", "e.b"];

const op = (name: string, ...args: unknown[]) => ({ op: name, args });
const set = (key: string, expr: unknown): Node => ({ type: "assign", params: { key, expr } });
/** Whoever may go in a circle burns fuel, of which there is so much, and again after some events: then it stands still. */
const FUEL = 6;
const burn = set("fuel", op("-", { var: "fuel" }, 1));
const refill = set("fuel", FUEL);

/**
 * A random machine with everything that a config may say: nested and parallel states, both histories with and without a
 * default, final states with output, transitions with several targets, guards, questions where the machine stands, timers,
 * events with data, cancelled sends, choices, ids with dots. It always comes to rest.
 */
export const randomMachine: fc.Arbitrary<Node> = fc
  .noBias(fc.uint16Array({ minLength: 300, maxLength: 1500, size: "max" }))
  .map((tape) => machineOf([...tape]));

/** The machine that a tape of numbers decides; where the tape ends, the first of what is possible is taken. */
function machineOf(tape: number[]): Node {
  const below = (limit: number) => (tape.pop() ?? 0) % limit;
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const chance = (of: number) => below(of) === of - 1;
  const few = <T>(values: readonly T[], most: number): T[] => [
    ...new Set(Array.from({ length: below(most + 1) }, () => pick(values))),
  ];
  const dot = chance(3) ? "." : "";
  const states: string[] = [];
  const histories: string[] = [];
  const parallels: Node[] = [];

  const tree = (depth: number, id: string): Node => {
    const size = depth === 0 ? 3 : depth > 2 ? 0 : below(4);
    const ids = Array.from({ length: size }, (_, n) => `${id}${dot}${n}`);
    const node: Node = { id };
    if (depth > 0) states.push(id);
    if (size === 0) {
      if (chance(5) && !id.endsWith("0")) return { ...node, type: "final", output: { n: pick([1, 2]) } };
      return node;
    }
    const inside: Record<string, Node> = Object.fromEntries(ids.map((child) => [child, tree(depth + 1, child)]));
    node.states = inside;
    if (size > 1 && chance(3)) {
      node.type = "parallel";
      parallels.push(node);
    } else {
      const first = chance(4) ? pick(ids) : ids[0];
      node.initial = chance(5) ? { target: first, actions: action() } : first;
    }
    if (depth > 0 && chance(2)) {
      const history = `${id}h`;
      histories.push(history);
      inside[history] = { id: history, type: "history", history: pick(["shallow", "deep"]) };
      if (chance(2)) inside[history].target = `#${pick(ids)}`;
    }
    return node;
  };

  const value = () =>
    pick<unknown>([
      { var: "x" },
      { const: 2 },
      op("+", { var: "x" }, 1),
      op("*", { var: "x" }, -1),
      op("?:", op(">", { var: "x" }, 3), 0, { var: "x" }),
      { event: "data", path: ["n"] },
      { event: "output", path: ["n"] },
    ]);
  const question = (): unknown =>
    pick<() => unknown>([
      () => op(">", { var: "x" }, 0),
      () => op("===", op("%", { var: "x" }, 2), 0),
      () => op("==", { event: "data", path: ["n"] }, 1),
      () => op("===", { event: "name" }, pick(EVENTS)),
      () => ({ in: `${pick(["", "#"])}${states.length > 0 ? pick(states) : "m"}` }),
    ])();
  const condition = (): unknown =>
    pick<() => unknown>([
      question,
      () => op("!", question()),
      () => op(pick(["&&", "||", "!="]), question(), question()),
    ])();
  const guard = () => ({ type: "expr", params: { expr: condition() } });
  const delay = () => pick<unknown>([1, 5, "9ms", op("+", 3, 4)]);
  const action = (): Node[] => {
    const id = pick(["i", "j"]);
    const params = chance(2) ? { params: { n: value() } } : {};
    return pick<() => Node[]>([
      () => [set("x", value())],
      () => [set("log", op("+", { var: "log" }, pick(["a", "b", "c"])))],
      () => [{ type: "assign", params: { key: "deep", path: ["list", pick(["0", "1"])], expr: value() } }],
      () => [{ type: "raise", params: { event: { type: "r" }, ...params } }],
      () => [{ type: "raise", params: { event: { type: "r" }, delay: delay(), ...params } }],
      () => [{ type: "send", params: { event: "s", ...params } }],
      () => [{ type: "send", params: { event: { type: op("+", "", "s") }, delay: delay(), ...params } }],
      // Hardly ever two sends with one id: XState forgets the first of them.
      () => [
        { type: "cancel", params: { id } },
        { type: "send", params: { event: { type: "s" }, delay: delay(), id, ...params } },
      ],
      () => [{ type: "cancel", params: { id } }],
      () => [{ type: "choose", params: { branches: [{ guard: guard(), actions: action() }, { actions: action() }] } }],
    ])();
  };

  const target = (): unknown => {
    const parallel = parallels.length > 0 && chance(4) ? pick(parallels) : null;
    if (!parallel) return `#${histories.length > 0 && chance(3) ? pick(histories) : pick(states)}`;
    const regions = Object.values(parallel.states as Record<string, Node>).filter(({ type }) => type !== "history");
    const within = (node: Node): string[] => [
      node.id as string,
      ...Object.values((node.states ?? {}) as Record<string, Node>).flatMap(within),
    ];
    return regions.map((region) => `#${pick(within(region))}`);
  };
  /** A way that something from inside may take again and again burns fuel. */
  const way = (burning: boolean, asks = chance(2)): Node => {
    const asked = asks ? condition() : undefined;
    const fuel = op(">", { var: "fuel" }, 0);
    const wanted = burning ? (asked === undefined ? fuel : op("&&", fuel, asked)) : asked;
    return {
      ...(chance(5) ? {} : { target: target(), reenter: chance(2) }),
      ...(wanted === undefined ? {} : { guard: { type: "expr", params: { expr: wanted } } }),
      actions: [...(burning ? [burn] : chance(3) ? [refill] : []), ...(chance(2) ? action() : [])],
    };
  };
  const ways = (burning: boolean) => Array.from({ length: 1 + below(2) }, () => way(burning));
  const furnish = (node: Node) => {
    const inside = Object.values((node.states ?? {}) as Record<string, Node>);
    for (const child of inside) furnish(child);
    if (node.type === "history") return;
    if (chance(3)) node.entry = action();
    if (chance(4)) node.exit = action();
    if (node.type === "final") return;
    const on = [...few(EVENTS, 3), ...few(["e.*", "r", "s", "*"], 1)];
    if (on.length > 0) node.on = Object.fromEntries(on.map((event) => [event, ways(/^[rs*]/.test(event))]));
    if (chance(6)) node.always = [way(true, true)];
    if (chance(3)) node.after = Object.fromEntries(few(["2", "5", "7ms"], 2).map((after) => [after, ways(false)]));
    if (inside.length > 0 && chance(2)) node.onDone = ways(true);
  };
  const root = tree(0, "m");
  furnish(root);
  return { ...root, context: { x: 1, fuel: FUEL, log: "", deep: { list: [0, 0], other: true } } };
}
