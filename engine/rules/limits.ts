/** Bounds on what an author may write. Past them a definition is refused with an issue, never evaluated slowly. */
export const LIMITS = {
  /** Groups inside groups. */
  depth: 100,
  /** Objects inside objects in a literal or in params. */
  literalDepth: 100,
  rules: 20_000,
  /** Conditions in one rule set, shared conditions counted as often as they are used. */
  conditions: 200_000,
  pathLength: 300,
  /** `..` and `*` in one path: each multiplies the places that are searched. */
  wildcards: 3,
} as const;
