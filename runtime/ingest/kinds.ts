/** A field of ours that a column may be mapped to. */
export interface FieldSpec {
  name: string;
  title: string;
  required?: boolean;
  /** Header names that mean this field, in lower case without spaces and punctuation. */
  known: string[];
}

const field = (name: string, title: string, known: string, required = false): FieldSpec => ({
  name,
  title,
  known: [name.toLowerCase(), ...known.split(" ").filter(Boolean)],
  ...(required ? { required } : {}),
});

/**
 * What can be imported, and into which fields. Beside these, a column may be mapped to `fields.<name>` (people: a field of
 * the person's own), `value:<metric>` and `target:<metric>` (observations: one column a metric), and in records to the
 * fields of the record type.
 */
export const IMPORT_KINDS = {
  people: [
    field(
      "id",
      "Person id",
      "employeeid employeenumber empno empid personid personnelnumber staffid employeekey employeenationalidalternatekey",
      true,
    ),
    field("rowKey", "Key that managers refer to (where it is not the id)", "rowid key"),
    field("name", "Name", "fullname displayname employeename ename"),
    field("firstName", "First name", "givenname forename"),
    field("lastName", "Last name", "surname familyname"),
    field("email", "E-mail", "emailaddress mail workemail"),
    field(
      "manager",
      "Manager (id)",
      "managerid mgr supervisor supervisorid reportsto parentemployeekey manageremployeeid",
    ),
    field(
      "unit",
      "Unit (id or title)",
      "department departmentname dept departmentid orgunit organisation location team businessunit",
    ),
    field("title", "Job title", "jobtitle position jobrole designation jobid"),
    field("role", "Job role", "function jobfamily"),
    field("grade", "Grade", "joblevel level band paygrade"),
    field("hireDate", "Hire date", "startdate hiredon dateofhire joindate joiningdate hired"),
    field("endDate", "End date", "terminationdate leavedate lastday exitdate"),
    field("from", "Line valid from", "effectivefrom effectivedate validfrom linefrom"),
    field("to", "Line valid to", "effectiveto validto lineto"),
    field("status", "Status", "employmentstatus employeestatus currentflag state"),
    field("hasLeft", "Has left (yes or no)", "attrition left terminated"),
    field("salary", "Yearly salary", "annualsalary basesalary"),
    field("monthlySalary", "Monthly salary", "monthlyincome monthlypay"),
    field("currency", "Currency", "currencycode"),
    field("fte", "Full-time share", "fulltimeequivalent"),
    field("timeZone", "Time zone", "tz"),
    field("calendar", "Working calendar", "workcalendar"),
    field("fields.rating", "Rating", "rating performancerating"),
    field("fields", "Further fields (JSON)", "extrajson extra"),
  ],
  units: [
    field("id", "Unit id", "unitid departmentid code", true),
    field("title", "Title", "name unitname department"),
    field("level", "Level", "kind type"),
    field("parent", "Parent unit", "parentid parentunit"),
    field("timeZone", "Time zone", "tz"),
    field("calendar", "Working calendar", "workcalendar"),
    field("from", "Valid from", "validfrom"),
    field("to", "Valid to", "validto"),
  ],
  assignments: [
    field("person", "Person id", "employeeid personid id empno businessentityid", true),
    field("unit", "Unit (id or title)", "dept department departmentid deptno"),
    field("manager", "Manager (id)", "managerid supervisor"),
    field("kind", "Primary or matrix", "linekind"),
    field("weight", "Share", "share"),
    field("from", "Valid from", "fromdate validfrom startdate", true),
    field("to", "Valid to", "todate validto enddate"),
  ],
  observations: [
    field("metric", "Metric id", "kpi measure"),
    field("subject", "Person or unit id", "person employeeid personid unit unitid businessentityid id", true),
    field("subjectKind", "Person, unit or organisation", "kind"),
    field("period", "Period (2026-03, 2026-Q1, 2026)", "month quarter year"),
    field("from", "Period from", "periodfrom fromdate date quotadate observedon"),
    field("to", "Period to", "periodto todate"),
    field("grain", "Length of the period", ""),
    field("value", "Value", "actual result amount"),
    field("target", "Target", "quota goal"),
    field("state", "Provisional, adjusted or final", "status"),
  ],
  records: [field("id", "Record id", "recordid caseid ticket number")],
} as const satisfies Record<string, FieldSpec[]>;

export type ImportKind = keyof typeof IMPORT_KINDS;

/** A header name without case, spaces and punctuation. */
export function plainName(header: string): string {
  return header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
