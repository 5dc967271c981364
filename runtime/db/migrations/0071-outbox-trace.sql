--! Which trace an effect belongs to (a W3C traceparent), where traces are sent. Breaks nothing.
ALTER TABLE outbox ADD COLUMN trace TEXT;
