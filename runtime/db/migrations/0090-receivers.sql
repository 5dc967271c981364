--! Effects that leave wait in a lane of whom they go to, and a receiver that keeps failing is left alone for a while. Breaks nothing.
-- A call's lane is the server it goes to: scheme, host and port of its address, which begins with http:// or https://.
ALTER TABLE outbox ADD COLUMN lane TEXT GENERATED ALWAYS AS (
  CASE kind
    WHEN 'call' THEN substr(json_extract(payload, '$.url'), 1, 7 + instr(substr(json_extract(payload, '$.url') || '/', 9), '/'))
    WHEN 'email' THEN 'email'
    ELSE 'inside'
  END
) VIRTUAL;
CREATE INDEX outbox_by_lane ON outbox (lane, next_at) WHERE status IN ('waiting', 'sending');
DROP INDEX outbox_lanes;

-- Who has failed since it last answered, and until when it is left alone (NULL: not yet).
CREATE TABLE receivers (
  lane TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  pauses INTEGER NOT NULL,
  paused_until INTEGER,
  reason TEXT NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;
