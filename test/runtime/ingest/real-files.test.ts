import { describe, expect, it } from "vitest";
import type { RecordType } from "#engine/definition/record-type.ts";
import type { Database } from "../../../runtime/db/client.ts";
import {
  applyImport,
  createImport,
  type ImportContext,
  importFile,
  mapImport,
} from "../../../runtime/ingest/import.ts";
import { loadOrganisation } from "../../../runtime/store/organisation-load.ts";
import { CONTEXT, dataFile, emptyDatabase, figures, hasData } from "./support.ts";

const it2 = it.skipIf(!hasData);
const nothing = { added: 0, changed: 0, moved: 0, left: 0, unchanged: 0, refused: 0 };

/** Uploads, applies what was suggested, and says what came out; a second upload must change nothing. */
async function people(file: string) {
  const db = await emptyDatabase();
  const content = dataFile(`people/${file}`);
  const created = await createImport(db, { kind: "people", fileName: file, content }, CONTEXT);
  const applied = await applyImport(db, created.id, { skipRefused: true }, CONTEXT);
  const again = await createImport(db, { kind: "people", fileName: file, content }, CONTEXT);
  return { db, created, applied, again, data: await loadOrganisation(db) };
}

describe("the real people files", () => {
  it2("adventureworks.csv: 296 people, one root, depth 4, 47 managers, six who left", async () => {
    const { created, applied, again, data } = await people("adventureworks.csv");
    expect(created.status).toBe("checked");
    expect(created.mapping.columns).toEqual({
      employee_id: "id",
      manager_id: "manager",
      name: "name",
      title: "title",
      department: "unit",
      grade: "grade",
      hire_date: "hireDate",
      end_date: "endDate",
      status: "status",
      salary: "salary",
      rating: "fields.rating",
      extra_json: "fields",
    });
    expect(applied.counts).toEqual({ ...nothing, added: 296 });
    expect(applied.refused).toEqual([]);
    expect(figures(data)).toEqual({ people: 296, left: 6, units: 16, lines: 296, managers: 47, roots: 1, depth: 4 });
    expect(data.people.find((person) => person.id === "1")).toMatchObject({
      name: "Guy Gilbert",
      salaryMinor: 2_589_600,
      fields: { nationalId: "14417807", vacationHours: 21 },
    });
    expect(again.counts).toEqual({ ...nothing, unchanged: 296 });
    expect(again.issues.map((issue) => issue.code)).toEqual(["imported-before"]);
  });

  it2(
    "oracle-hr.csv: 107 people, one root, depth 3; the one without a department is in a unit of its own",
    async () => {
      const { applied, again, data } = await people("oracle-hr.csv");
      expect(applied.counts).toEqual({ ...nothing, added: 107 });
      expect(figures(data)).toEqual({ people: 107, left: 0, units: 12, lines: 107, managers: 18, roots: 1, depth: 3 });
      expect(data.assignments.filter((line) => line.unit === "no-unit")).toHaveLength(1);
      expect(again.counts).toEqual({ ...nothing, unchanged: 107 });
    },
  );

  it2(
    "employees-small.csv: everybody is taken; of the 331 below a circle only the two lines that close it are refused",
    async () => {
      const { applied, again, data } = await people("employees-small.csv");
      expect(applied.counts).toEqual({ ...nothing, added: 1_000, refused: 2 });
      expect(applied.refused).toEqual([
        {
          row: 40,
          code: "reporting-cycle",
          field: "manager",
          lineOnly: true,
          message:
            "10039 → 10228 → 10039: they report to each other in a circle, so the line of 10039 to 10228 is not taken.",
        },
        {
          row: 229,
          code: "reporting-cycle",
          field: "manager",
          lineOnly: true,
          message:
            "10228 → 10039 → 10228: they report to each other in a circle, so the line of 10228 to 10039 is not taken.",
        },
      ]);
      expect(figures(data)).toEqual({
        people: 1_000,
        left: 198,
        units: 9,
        lines: 802,
        managers: 6,
        roots: 244,
        depth: 3,
      });
      expect(
        data.assignments.filter((line) => ["10039", "10228"].includes(line.person)).map((line) => line.manager),
      ).toEqual([null, null]);
      expect(again.counts).toEqual({ ...nothing, unchanged: 1_000, refused: 2 });
    },
  );

  it2("ibm-attrition.csv: 1,470 people under their own column names, no managers, 237 who left", async () => {
    const { created, applied, data } = await people("ibm-attrition.csv");
    expect(created.encoding).toBe("utf-8");
    expect(Object.entries(created.mapping.columns).filter(([, field]) => field !== null)).toEqual([
      ["Attrition", "hasLeft"],
      ["Department", "unit"],
      ["EmployeeNumber", "id"],
      ["JobLevel", "grade"],
      ["JobRole", "title"],
      ["MonthlyIncome", "monthlySalary"],
      ["PerformanceRating", "fields.rating"],
    ]);
    expect(applied.counts).toEqual({ ...nothing, added: 1_470 });
    expect(figures(data)).toEqual({
      people: 1_470,
      left: 237,
      units: 3,
      lines: 1_233,
      managers: 0,
      roots: 1_233,
      depth: 0,
    });
    expect(data.people.find((person) => person.id === "1")).toMatchObject({
      status: "left",
      salaryMinor: 5_993 * 12 * 100,
      fields: { rating: 3 },
    });
  });

  it2(
    "adventureworks-DimEmployee.csv: no header, pipes, history rows; the mapping step makes 290 people with 296 lines of it",
    async () => {
      const db = await emptyDatabase();
      const content = dataFile("people/adventureworks-DimEmployee.csv");
      const created = await createImport(db, { kind: "people", fileName: "DimEmployee.csv", content }, CONTEXT);
      expect(created).toMatchObject({ status: "mapping", separator: "|", hasHeader: false, rows: 296 });
      expect(created.issues.map((issue) => issue.code)).toEqual(["no-header", "field-not-mapped"]);
      // Their keys number the versions of a person; the national id is the person, and managers are named by key.
      const columns = {
        "column 2": "rowKey",
        "column 3": "manager",
        "column 4": "id",
        "column 7": "firstName",
        "column 8": "lastName",
        "column 11": "title",
        "column 12": "hireDate",
        "column 15": "email",
        "column 28": "unit",
        "column 29": "from",
        "column 30": "to",
        "column 31": "status",
      };
      const mapped = await mapImport(db, created.id, { columns }, CONTEXT);
      expect(mapped.status).toBe("checked");
      expect(mapped.counts).toEqual({ ...nothing, added: 290 });
      await applyImport(db, created.id, { skipRefused: false }, CONTEXT);
      const data = await loadOrganisation(db);
      expect(figures(data)).toEqual({ people: 290, left: 0, units: 16, lines: 296, managers: 47, roots: 1, depth: 4 });
      expect(
        data.assignments.filter((line) => line.person === "895209680").map((line) => [line.validFrom, line.validTo]),
      ).toEqual([
        ["2010-09-25", "2011-02-27"],
        ["2011-02-28", "2012-02-12"],
        ["2012-02-13", null],
      ]);
      const accents = data.people.filter((person) => /[^ -~]/.test(person.name)).map((person) => person.name);
      expect(accents.sort()).toEqual(["François Ajenstat", "José Saraiva", "Ken Sánchez", "Sandra Reátegui Alayo"]);
      const again = await importFile(
        db,
        { kind: "people", fileName: "DimEmployee.csv", content, mapping: { columns } },
        CONTEXT,
      );
      expect(again.counts).toEqual({ ...nothing, unchanged: 290 });
    },
  );
});

const JOB_TITLE: RecordType = {
  kind: "record-type",
  schema: 1,
  id: "job-title",
  title: "Job title",
  fields: {
    about: { type: "person", required: true },
    title: { type: "text", required: true },
    from: { type: "date", required: true },
    to: { type: "date" },
  },
  about: "about",
  date: "from",
};
const WITH_TYPES: ImportContext = { ...CONTEXT, recordType: (id) => (id === "job-title" ? JOB_TITLE : undefined) };

async function withPeople(file: string): Promise<Database> {
  const db = await emptyDatabase();
  await importFile(db, { kind: "people", fileName: file, content: dataFile(`people/${file}`) }, CONTEXT);
  return db;
}

describe("the real performance files", () => {
  it2("adventureworks-quotas.csv: 163 quarterly targets of 17 people that sum to 95,714,000", async () => {
    const db = await withPeople("adventureworks.csv");
    const mapping = {
      columns: {
        business_entity_id: "subject",
        quota_date: "from",
        quota: "target",
        "=sales-quota": "metric",
        "=quarter": "grain",
      },
    };
    const upload = {
      kind: "observations" as const,
      fileName: "quotas.csv",
      content: dataFile("performance/adventureworks-quotas.csv"),
      mapping,
    };
    expect((await importFile(db, upload, CONTEXT)).counts).toEqual({ ...nothing, added: 163 });
    expect(
      await db.read(
        "SELECT count(DISTINCT subject) AS people, sum(target) AS target, count(value) AS n FROM observations",
      ),
    ).toEqual([{ people: 17, target: 95_714_000, n: 0 }]);
    expect(
      await db.read(
        "SELECT period_from, period_to FROM observations WHERE subject = '274' ORDER BY period_from LIMIT 2",
      ),
    ).toEqual([
      { period_from: "2022-05-30", period_to: "2022-08-30" },
      { period_from: "2022-08-30", period_to: "2022-11-30" },
    ]);
    expect((await importFile(db, upload, CONTEXT)).counts).toEqual({ ...nothing, unchanged: 163 });
  });

  it2(
    "adventureworks-salespersons.csv: one column a metric, 17 people, four metrics, 14 quotas as targets",
    async () => {
      const db = await withPeople("adventureworks.csv");
      const columns = {
        business_entity_id: "subject",
        sales_quota: "target:sales-ytd",
        bonus: "value:bonus",
        commission_pct: "value:commission-rate",
        sales_ytd: "value:sales-ytd",
        sales_last_year: "value:sales-last-year",
        "=2025": "period",
      };
      const state = await importFile(
        db,
        {
          kind: "observations",
          fileName: "salespersons.csv",
          content: dataFile("performance/adventureworks-salespersons.csv"),
          mapping: { columns },
        },
        CONTEXT,
      );
      expect(state.counts).toEqual({ ...nothing, added: 68 });
      expect(
        await db.read(
          "SELECT metric, count(value) AS n, count(target) AS targets FROM observations GROUP BY metric ORDER BY metric",
        ),
      ).toEqual([
        { metric: "bonus", n: 17, targets: 0 },
        { metric: "commission-rate", n: 17, targets: 0 },
        { metric: "sales-last-year", n: 17, targets: 0 },
        { metric: "sales-ytd", n: 17, targets: 14 },
      ]);
      expect(await db.read("SELECT value FROM observations WHERE subject = '275' AND metric = 'sales-ytd'")).toEqual([
        { value: "3763178.1787" },
      ]);
    },
  );

  it2(
    "employees-small-departments.csv: 1,103 dated lines over the lines of the people file, every gap and overlap resolved",
    async () => {
      const db = await withPeople("employees-small.csv");
      const upload = {
        kind: "assignments" as const,
        fileName: "departments.csv",
        content: dataFile("performance/employees-small-departments.csv"),
      };
      const state = await importFile(db, upload, CONTEXT);
      expect(state.counts).toEqual({ ...nothing, added: 221, moved: 882 });
      expect(state.newUnits).toEqual(["d001", "d002", "d003", "d004", "d005", "d006", "d007", "d008", "d009"]);
      const data = await loadOrganisation(db);
      expect(
        data.assignments
          .filter((line) => line.person === "10010")
          .map((line) => [line.unit, line.manager, line.validFrom, line.validTo]),
      ).toEqual([
        ["quality-management", "10854", "1989-08-24", "1996-11-24"],
        ["d004", "10854", "1996-11-24", "2000-06-26"],
        ["d006", "10854", "2000-06-26", null],
      ]);
      // Nobody has two primary lines on one day.
      for (const lines of Map.groupBy(data.assignments, (line) => line.person).values())
        for (const [i, line] of lines.entries())
          if (i > 0) expect((lines[i - 1]?.validTo ?? "9999") <= line.validFrom).toBe(true);
      expect((await importFile(db, upload, CONTEXT)).counts).toMatchObject({ added: 0, moved: 0, unchanged: 1_103 });
    },
  );

  it2(
    "employees-small-salaries.csv: 9,487 dated salaries, 802 open; the one that holds on no day is refused",
    async () => {
      const db = await withPeople("employees-small.csv");
      const mapping = {
        columns: { employee_id: "subject", salary: "value", from: "from", to: "to", "=base-salary": "metric" },
      };
      const state = await importFile(
        db,
        {
          kind: "observations",
          fileName: "salaries.csv",
          content: dataFile("performance/employees-small-salaries.csv"),
          mapping,
        },
        CONTEXT,
      );
      expect(state.counts).toEqual({ ...nothing, added: 9_487, refused: 1 });
      expect(state.refused).toEqual([
        {
          row: 8_230,
          code: "empty-period",
          field: "to",
          message: "The period starts and ends on 2002-03-22: it holds no day.",
        },
      ]);
      expect(await db.read("SELECT count(*) AS n, sum(period_to IS NULL) AS open FROM observations")).toEqual([
        { n: 9_487, open: 802 },
      ]);
    },
  );

  it2("employees-small-titles.csv: 1,470 dated job titles as records, importing them again adds nothing", async () => {
    const db = await withPeople("employees-small.csv");
    const mapping = { columns: { employee_id: "about", title: "title", from: "from", to: "to" } };
    const upload = {
      kind: "records" as const,
      recordType: "job-title",
      fileName: "titles.csv",
      content: dataFile("performance/employees-small-titles.csv"),
      mapping,
    };
    expect((await importFile(db, upload, WITH_TYPES)).counts).toEqual({ ...nothing, added: 1_470 });
    expect(await db.read("SELECT count(*) AS n FROM records WHERE json_extract(fields, '$.to') IS NULL")).toEqual([
      { n: 802 },
    ]);
    expect((await importFile(db, upload, WITH_TYPES)).counts).toEqual({ ...nothing, unchanged: 1_470 });
  });
});
