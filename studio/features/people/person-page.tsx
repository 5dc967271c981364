import { Link, useParams } from "react-router";
import type { PersonView } from "#engine/contract/views/organisation.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { calendarDate } from "../../text/dates.ts";
import { roleName, words } from "../../text/kinds.ts";
import { money } from "../../text/money.ts";
import { count } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { initials } from "../../text/person.ts";
import { CaseStatus } from "../../ui/case-status.tsx";
import { Chip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { valueText } from "../../ui/json-value.tsx";
import { Facts, Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import classes from "./people.module.css";
import { PersonMetrics } from "./person-metrics.tsx";

/** One person: where in the organisation, how the numbers go, which cases are about them. */
export default function PersonPage() {
  const { id = "" } = useParams();
  const answer = useAnswer("person", { params: { id } });
  return (
    <Page>
      <Crumbs items={[{ title: "People", to: "/people" }, { title: answer.data?.person.name ?? "Person" }]} />
      {answer.error && !answer.data ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="this person" />
      ) : answer.data ? (
        <Person view={answer.data} />
      ) : (
        <Panel flush>
          <ListSkeleton rows={10} />
        </Panel>
      )}
    </Page>
  );
}

function Person({ view }: { view: PersonView }) {
  const { person } = view;
  return (
    <>
      <div className={classes.head}>
        <span className={classes.face} aria-hidden="true">
          {initials(person.name)}
        </span>
        <div>
          <h2 className={classes.name}>{person.name}</h2>
          <p className="secondary">
            {[person.title, view.units[0]?.title ?? person.unit].filter(Boolean).join(" · ")}{" "}
            {person.status !== "active" && <Chip>{words(person.status)}</Chip>}
          </p>
        </div>
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <PersonMetrics person={person.id} metrics={view.metrics} />
          <Panel title="Cases" note={view.cases.length > 0 ? count(view.cases.length, "case") : undefined} flush>
            {view.cases.length === 0 ? (
              <p className="secondary" style={{ padding: 16 }}>
                No case is about {person.name} that you may see.
              </p>
            ) : (
              <DataTable
                label="Cases"
                columns={[
                  { title: "Process", width: "minmax(140px, 2fr)", cell: (one) => one.title },
                  {
                    title: "Period",
                    width: "minmax(72px, 130px)",
                    cell: (one) => (one.period ? periodName(one.period) : ""),
                  },
                  { title: "Status", width: "minmax(84px, 110px)", cell: (one) => <CaseStatus status={one.status} /> },
                ]}
                rows={view.cases}
                rowKey={(one) => one.id}
                to={(one) => `/cases/${encodeURIComponent(one.id)}`}
              />
            )}
          </Panel>
          <Panel title="Assignments" note="Where and under whom, by date." flush>
            <DataTable
              label="Assignments"
              columns={[
                { title: "Unit", width: "minmax(130px, 1.4fr)", cell: (one) => one.unit },
                { title: "Manager", width: "minmax(110px, 1fr)", cell: (one) => one.manager ?? "nobody" },
                { title: "Kind", width: "90px", wide: true, cell: (one) => words(one.kind) },
                { title: "From", width: "minmax(92px, 130px)", cell: (one) => calendarDate(one.validFrom) },
                {
                  title: "To",
                  width: "130px",
                  wide: true,
                  cell: (one) => (one.validTo ? calendarDate(one.validTo) : <span className="quiet">open</span>),
                },
              ]}
              rows={view.assignments}
              rowKey={(one) => `${one.unit}${one.kind}${one.validFrom}${one.manager ?? ""}`}
            />
          </Panel>
        </div>
        <div className={classes.column}>
          <Panel title="Reports to">
            {view.chain.length === 0 ? (
              <p className="attention">Nobody. Tasks for "their manager" find no one.</p>
            ) : (
              <ul className={classes.chain}>
                {view.chain.map((one) => (
                  <li key={one.id}>
                    <Link to={`/people/${encodeURIComponent(one.id)}`}>{one.name}</Link>{" "}
                    <span className="quiet">{one.title}</span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          {view.reports.length > 0 && (
            <Panel title="Direct reports" note={count(view.reports.length, "person", "people")}>
              <ul className={classes.chain} style={{ maxHeight: 280, overflowY: "auto" }}>
                {view.reports.map((one) => (
                  <li key={one.id}>
                    <Link to={`/people/${encodeURIComponent(one.id)}`}>{one.name}</Link>{" "}
                    <span className="quiet">{one.title}</span>
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title="Details">
            <Facts
              rows={{
                Unit: view.units.map((unit) => unit.title).join(" › ") || "none",
                Grade: view.grade ?? "none",
                Hired: view.hireDate ? calendarDate(view.hireDate) : "unknown",
                ...(view.endDate ? { Left: calendarDate(view.endDate) } : {}),
                ...(view.email ? { "E-mail": view.email } : {}),
                "Time zone": view.timeZone,
                ...(view.salary ? { Salary: money(view.salary.minor, view.salary.currency) } : {}),
                ...(view.roles.length > 0
                  ? {
                      Roles: view.roles
                        .map((one) => roleName(one.role) + (one.unit ? ` (${one.unit})` : ""))
                        .join(", "),
                    }
                  : {}),
                ...Object.fromEntries(
                  Object.entries(view.fields).map(([name, value]) => [words(name), valueText(value)]),
                ),
              }}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}
