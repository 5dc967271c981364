--! Effects of a kind are found in the order in which they are due, however many of other kinds wait. Breaks nothing.
CREATE INDEX outbox_lanes ON outbox (kind, next_at) WHERE status IN ('waiting', 'sending');
