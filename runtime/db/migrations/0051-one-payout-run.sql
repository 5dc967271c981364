--! One run of a plan and period at a time. Breaks nothing.
CREATE UNIQUE INDEX payout_runs_under_way ON payout_runs (plan, period) WHERE status = 'running' AND person IS NULL;
