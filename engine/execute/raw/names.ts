import { error, type Issue } from "../../words/issue.ts";

type Node = Record<string, unknown>;

/** A machine of more states, or deeper, is refused: nobody draws it, and building it would stop everybody else. */
const MOST_STATES = 20_000;
const DEEPEST = 100;

const isRecord = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const childrenOf = (node: Node): Node => (isRecord(node.states) ? node.states : {});

/** The states of a machine config by whatever they may be called, and what is wrong with their names. */
export class StateNames {
  readonly issues: Issue[] = [];
  readonly #byId = new Map<string, Node>();
  readonly #idsByKey = new Map<string, string[]>();
  readonly #ids = new Map<Node, string>();

  constructor(config: Node) {
    // XState's own name for a machine that has none.
    const trouble = this.#read(config, idOf(config) ?? "(machine)", [idOf(config) ?? "(machine)"]);
    if (trouble) this.issues.splice(0, this.issues.length, trouble);
  }

  /** Answers why a machine is too big. */
  #read(node: Node, id: string, path: string[]): Issue | null {
    if (path.length > DEEPEST + 1) return error("too-deep", "", `States are nested deeper than ${DEEPEST} levels.`);
    if (this.#ids.size >= MOST_STATES) return error("too-large", "", `A machine has at most ${MOST_STATES} states.`);
    if (this.#byId.has(id)) this.issues.push(error("same-id", "", `Two states have the id "${id}".`));
    this.#byId.set(id, node);
    this.#ids.set(node, id);
    for (const [key, inner] of Object.entries(childrenOf(node))) {
      if (!isRecord(inner)) continue;
      const inside = [...path, key];
      // XState names a state without an id by all keys from the machine on, whatever ids there are on the way.
      const own = idOf(inner) ?? inside.join(".");
      const same = this.#idsByKey.get(key);
      if (same) same.push(own);
      else this.#idsByKey.set(key, [own]);
      const trouble = this.#read(inner, own, inside);
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
    if (this.#byId.has(plain)) return [plain];
    const inside = this.#along(plain);
    return inside ? [this.#ids.get(inside)!] : (this.#idsByKey.get(plain) ?? []);
  }

  /**
   * A target as XState reads it: there a dot goes down into a state, so an id with a dot in it is written with a backslash
   * where it would lead nowhere.
   */
  target(written: unknown): unknown {
    if (typeof written !== "string" || !written.startsWith("#") || !written.includes(".")) return written;
    const id = written.slice(1);
    return this.#along(id) === undefined && this.#byId.has(id) ? exactId(id) : written;
  }

  /** The state that a path from an id leads to, as XState goes it. */
  #along(path: string): Node | undefined {
    const [id, ...keys] = path.split(".");
    const inside = (node: Node | undefined, key: string): Node | undefined => {
      const child = node && Object.hasOwn(childrenOf(node), key) ? childrenOf(node)[key] : undefined;
      return isRecord(child) ? child : undefined;
    };
    return keys.reduce(inside, this.#byId.get(id!));
  }
}

const idOf = ({ id }: Node): string | undefined => (typeof id === "string" && id !== "" ? id : undefined);

/** A state's id as XState finds it, dots and backslashes included. */
export const exactId = (id: string): string => `#${id.replaceAll(/[.\\]/g, "\\$&")}`;
