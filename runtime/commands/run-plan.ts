/** runPlan: computes a plan for a period over many people, as a job with progress. (Owned by the payouts helper; in work.) */
export {};
