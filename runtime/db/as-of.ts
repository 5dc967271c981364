/**
 * Which rows of a versioned table count: those recorded by `knownAt` and not superseded by then. What an import under way
 * has written does not count yet, and what it superseded still does. `pending_imports` is nearly always empty, and SQLite
 * reads it once per statement.
 *
 * @param alias name of the table in the query
 * @param knownAt named argument holding an instant; without it, what is known now
 */
export function known(alias: string, knownAt?: string): string {
  const notPending = `${alias}.import_no NOT IN (SELECT no FROM pending_imports)`;
  const restored = `${alias}.superseded_import_no IN (SELECT no FROM pending_imports)`;
  return knownAt
    ? `${notPending} AND ${alias}.recorded_at <= ${knownAt} AND (${alias}.superseded_at IS NULL OR ${alias}.superseded_at > ${knownAt} OR ${restored})`
    : `${notPending} AND (${alias}.superseded_at IS NULL OR ${restored})`;
}

/** Which of the known rows hold on a calendar date (`[valid_from, valid_to)`, open end NULL). */
export function validOn(alias: string, date: string): string {
  return `${alias}.valid_from <= ${date} AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > ${date})`;
}
