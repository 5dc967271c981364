import { words } from "./kinds.ts";

/** What one presses to come to an outcome: the outcome is what has happened then, the button is the deed. */
const DEEDS: Record<string, string> = {
  submitted: "Submit",
  approved: "Approve",
  refused: "Refuse",
  rejected: "Reject",
  declined: "Decline",
  acknowledged: "Acknowledge",
  disputed: "Dispute",
  agreed: "Agree",
  confirmed: "Confirm",
  accepted: "Accept",
  returned: "Return",
  replaced: "Replace",
  resolved: "Mark as resolved",
  escalated: "Escalate",
  verified: "Verify",
  certified: "Certify",
  completed: "Complete",
  done: "Done",
};

/** The words of an outcome's button: `submitted` is "Submit"; an author's own outcome is said as it is. */
export const deed = (outcome: string): string => DEEDS[outcome] ?? words(outcome);

const AGAINST = new Set(["refused", "rejected", "declined", "disputed", "returned", "escalated", "failed", "not-met"]);

/** Whether an outcome says no to somebody: then a comment is asked for, and its button does not lead. */
export const isAgainst = (outcome: string): boolean => AGAINST.has(outcome);
