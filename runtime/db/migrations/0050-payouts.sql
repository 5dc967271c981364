--! What a payout run was computed with, for whom, and what its corrections say. Breaks nothing.
-- Scope: a unit with everything below it, or one person (a payout step); both NULL for everyone.
ALTER TABLE payout_runs ADD COLUMN unit TEXT;
ALTER TABLE payout_runs ADD COLUMN person TEXT;
-- Versions of all documents that went in, and the values of parameters, as they were when the run began.
ALTER TABLE payout_runs ADD COLUMN uses TEXT NOT NULL DEFAULT '[]';
ALTER TABLE payout_runs ADD COLUMN parameters TEXT NOT NULL DEFAULT '{}';
-- Totals and distribution, once it is finished.
ALTER TABLE payout_runs ADD COLUMN summary TEXT;
-- Where the payee belonged, as the summary groups it (a region), and how this payout differs from the one before.
ALTER TABLE payouts ADD COLUMN region TEXT;
ALTER TABLE payouts ADD COLUMN delta TEXT;
-- Why a correction was booked, and which payment a recovery takes back.
ALTER TABLE ledger ADD COLUMN cause TEXT;
ALTER TABLE ledger ADD COLUMN payment TEXT;
CREATE INDEX ledger_by_component ON ledger (plan, component);
