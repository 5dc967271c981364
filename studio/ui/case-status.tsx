import { words } from "../text/kinds.ts";
import { Chip, type Tone } from "./chip.tsx";

const TONES: Record<string, Tone> = { open: "accent", blocked: "bad", closed: "good", cancelled: "quiet" };

/** Where a case stands, in one word; for a closed one its outcome, which says more. */
export function CaseStatus({ status, outcome }: { status: string; outcome?: string | null }) {
  return <Chip tone={TONES[status] ?? "quiet"}>{status === "closed" && outcome ? words(outcome) : words(status)}</Chip>;
}
