import { error, type Issue } from "../../words/issue.ts";

type Node = Record<string, unknown>;

/** A machine of more states, or deeper, is refused: nobody draws it, and building it would stop everybody else. */
const MOST_STATES = 20_000;
const DEEPEST = 100;

const childrenOf = (node: Node): [string, Node][] =>
  Object.entries((node.states ?? {}) as Node).filter(
    (entry): entry is [string, Node] => typeof entry[1] === "object" && entry[1] !== null,
  );

/** The states of a machine config by whatever they may be called, and what is wrong with their names. */
export class StateNames {
  readonly issues: Issue[] = [];
  private readonly byId = new Map<string, Node>();
  private readonly idsByKey = new Map<string, string[]>();
  private readonly ids = new Map<Node, string>();

  constructor(config: Node) {
    const root = typeof config.id === "string" ? config.id : "(machine)";
    const tooBig = this.read(config, root, null, 0);
    if (tooBig) this.issues.splice(0, Number.POSITIVE_INFINITY, tooBig);
  }

  private read(node: Node, id: string, key: string | null, depth: number): Issue | null {
    if (depth > DEEPEST) return error("too-deep", "", `States are nested deeper than ${DEEPEST} levels.`);
    if (this.ids.size >= MOST_STATES) return error("too-large", "", `A machine has at most ${MOST_STATES} states.`);
    if (this.byId.has(id)) this.issues.push(error("same-id", "", `Two states have the id "${id}".`));
    this.byId.set(id, node);
    this.ids.set(node, id);
    if (key !== null) this.idsByKey.set(key, [...(this.idsByKey.get(key) ?? []), id]);
    for (const [name, inner] of childrenOf(node)) {
      const own = typeof inner.id === "string" ? inner.id : `${id}.${name}`;
      const trouble = this.read(inner, own, name, depth + 1);
      if (trouble) return trouble;
    }
    return null;
  }

  /**
   * The ids of the states that go by a name: by an id; else by a path from an id ("a.b", the `b` inside of `a`); else by a
   * key. None where there is no such state, several where several have the key. "#" before the name is allowed.
   */
  called(name: string): readonly string[] {
    const plain = name.startsWith("#") ? name.slice(1) : name;
    if (this.byId.has(plain)) return [plain];
    const inside = this.along(plain);
    return inside ? [this.ids.get(inside)!] : (this.idsByKey.get(plain) ?? []);
  }

  /**
   * A target as XState reads it: there a dot goes down into a state, so an id with a dot in it is written with a backslash
   * where it names nothing otherwise.
   */
  target(written: unknown): unknown {
    if (typeof written !== "string" || !written.startsWith("#") || !written.includes(".")) return written;
    const id = written.slice(1);
    return this.along(id) === undefined && this.byId.has(id) ? exactId(id) : written;
  }

  /** The state that a path from an id leads to, as XState goes it. */
  private along(path: string): Node | undefined {
    const [id, ...keys] = path.split(".");
    return keys.reduce<Node | undefined>(
      (node, key) => (node === undefined ? undefined : new Map(childrenOf(node)).get(key)),
      this.byId.get(id!),
    );
  }
}

/** A state's id as XState finds it, dots and backslashes included. */
export const exactId = (id: string): string => `#${id.replaceAll(/[.\\]/g, "\\$&")}`;
