import type { Kind } from "../definition/definition.ts";
import type { StepKind } from "../steps/step.ts";

/** What a node of an outline stands for: a step of some kind, or a part of another document. */
export type NodeKind =
  | StepKind
  | "branch"
  | "trigger"
  | "level"
  | "fallback"
  | "rule"
  | "table"
  | "event"
  | "measure"
  | "component"
  | "modifier"
  | "limit"
  | "payout"
  | "section"
  | "question"
  | "document";

/** One box of a drawing. */
export interface OutlineNode {
  /** Step or level id; parts without an id of their own begin with `$`. */
  id: string;
  kind: NodeKind;
  title: string;
  /** Who, or what: "Their manager", "Rule set “Rating outlier”". */
  subtitle?: string;
  /** How long: "10 working days". */
  time?: string;
  /** Short remarks: "escalates", "3 outcomes". */
  chips: string[];
  /** The frame around it: a group, or a branch of a parallel. */
  parent?: string;
  /** Whether the frame it stands in begins here. */
  start: boolean;
  /** JSON Pointer to what it draws. */
  path: string;
  /** Where the author put it, if they did. */
  position?: { x: number; y: number; pinned?: boolean };
}

/** One arrow of a drawing. */
export interface OutlineEdge {
  /** Its JSON Pointer, or a made-up one that begins with `$`. */
  id: string;
  from: string;
  to: string;
  /** The outcome or condition in words. */
  label: string;
  /** The event that takes it, as in the document; empty where no event does. */
  event: string;
  /** Whether a condition must hold. */
  guarded: boolean;
  path: string;
}

/** A definition as nodes and edges. No React, no coordinates but the author's. */
export interface Outline {
  kind: Kind;
  title: string;
  nodes: OutlineNode[];
  edges: OutlineEdge[];
}
