--! Open cases are walked through without reading the closed ones. Breaks nothing.
CREATE INDEX cases_open ON cases (id) WHERE status = 'open';
