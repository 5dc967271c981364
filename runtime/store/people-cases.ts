import type { Database } from "../db/client.ts";

/**
 * Open cases that people have to do with: about them, about a record of theirs, about somebody who reports to them (whose
 * manager's manager is another one now), or with an open task of theirs.
 */
export async function casesOfPeople(db: Database, people: readonly string[]): Promise<string[]> {
  const rows = await db.read<{ id: string }>(
    `WITH moved AS (SELECT value AS person FROM json_each(?)),
       about AS (SELECT person FROM moved UNION SELECT a.person FROM moved AS m CROSS JOIN assignments AS a
         ON a.manager = m.person AND a.superseded_at IS NULL AND a.valid_to IS NULL)
     SELECT c.id FROM about AS m CROSS JOIN cases AS c ON c.subject = m.person AND c.status IN ('open', 'blocked')
       WHERE c.subject_kind = 'person'
     UNION SELECT c.id FROM moved AS m CROSS JOIN records AS r ON r.about = m.person AND r.about_kind = 'person'
       CROSS JOIN cases AS c ON c.subject = r.id AND c.subject_kind = 'record' AND c.status IN ('open', 'blocked')
     UNION SELECT t.case_id FROM moved AS m CROSS JOIN task_people AS p ON p.person = m.person AND p.open = 1
       CROSS JOIN tasks AS t ON t.id = p.task AND t.status = 'open'
     ORDER BY 1`,
    [JSON.stringify(people)],
  );
  return rows.map(({ id }) => id);
}

/**
 * From which dates an import moves people: those whose primary line it wrote, by the date from which it holds, and those who
 * leave, by the day after their last. What was imported ahead of time counts from its day.
 */
export function movesOfImport(db: Database, no: number): Promise<{ person: string; date: string | null }[]> {
  return db.read(
    `SELECT a.person, max(a.valid_from) AS date FROM assignments AS a
       WHERE a.import_no = :no AND a.kind = 'primary' AND a.superseded_at IS NULL
         AND EXISTS (SELECT 1 FROM assignments AS o WHERE o.person = a.person AND o.kind = 'primary' AND o.rowid <> a.rowid
                     AND (o.unit <> a.unit OR o.manager IS NOT a.manager))
       GROUP BY a.person
     UNION SELECT p.person, date(p.end_date, '+1 day') FROM profiles AS p
       WHERE p.import_no = :no AND p.superseded_at IS NULL AND (p.status = 'left' OR p.end_date IS NOT NULL)`,
    { no },
  );
}

/** How many open tasks are in open cases that these people have to do with, and in how many cases. */
export async function openTasksOfPeople(
  db: Database,
  people: readonly string[],
): Promise<{ tasks: number; cases: number }> {
  const cases = await casesOfPeople(db, people);
  const [row] = await db.read<{ tasks: number; cases: number }>(
    `SELECT count(*) AS tasks, count(DISTINCT t.case_id) AS cases FROM json_each(?) AS j
     CROSS JOIN tasks AS t ON t.case_id = j.value AND t.status = 'open'`,
    [JSON.stringify(cases)],
  );
  return row ?? { tasks: 0, cases: 0 };
}
