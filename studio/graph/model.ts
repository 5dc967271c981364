/** How a chip is coloured; the words say it too. */
export type Tone = "quiet" | "accent" | "good" | "attention" | "bad";

export interface Chip {
  text: string;
  tone: Tone;
  /** The whole sentence, on hover and for screen readers. */
  title?: string;
  /** A sign before the words, never alone. */
  sign?: Sign;
}

/** The signs that chips and clocks may carry; `nodes.tsx` draws each. */
export type Sign =
  | "people"
  | "join"
  | "veto"
  | "shared"
  | "bundle"
  | "to-and-fro"
  | "together"
  | "pause"
  | "stop"
  | "every"
  | "late"
  | "optional";

/** The family of a node's colour. */
export type Hue = "form" | "approval" | "decision" | "calibration" | "waiting" | "end";

/** One thing on the canvas. Sizes are pixels at zoom 1; `parent` is the frame or lane that holds it. */
export interface GraphNode {
  id: string;
  shape: "card" | "small" | "pill" | "frame" | "lane";
  kind: string;
  /** The kind in words, on the first line. */
  word: string;
  hue: Hue;
  title: string;
  who: string | null;
  time: string | null;
  /** What can be said of its clock beside the time: that it pauses, stops, runs again and again. */
  clockSigns?: readonly { sign: Sign; title: string }[];
  /** Asks many people at once: drawn as a stack. */
  many?: boolean;
  chips: readonly Chip[];
  parent: string | null;
  width: number;
  height: number;
  /** Where its scope begins. */
  start: boolean;
  /** Segments to it in the document. */
  path: readonly string[];
}

/** One line: every way between two nodes, so that two outcomes with one target are one arrow with two words. */
export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  labels: readonly string[];
  /** Keys of the ways it stands for (`wayKey`). */
  ways: readonly string[];
  /** Drawn quieter: not a transition of the author's (start of a ladder, a repeat). */
  quiet: boolean;
}

export interface GraphModel {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

export interface Point {
  x: number;
  y: number;
}

/** What a view lays over the drawing: where a case stands, what is wrong, how much goes through. */
export interface NodeMark {
  chips?: readonly Chip[];
  state?: "active" | "visited" | "untouched";
}
export interface EdgeMark {
  state?: "taken" | "untouched";
  /** How often it was taken, where more than once. */
  count?: number;
}
