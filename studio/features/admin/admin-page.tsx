import { Tabs } from "@mantine/core";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Page } from "../../ui/page.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { AuditList } from "./audit-list.tsx";
import { EffectList } from "./effect-list.tsx";
import { JobList } from "./job-list.tsx";
import { TroubleList } from "./trouble-list.tsx";

/** For admins: what waits for them, what goes out, who changed what, and long work. */
export default function AdminPage() {
  const { values, set } = useFilters(["show"]);
  return (
    <Page>
      <Crumbs items={[{ title: "Operations" }]} />
      <Tabs value={values.show || "troubles"} onChange={(value) => set("show", value)}>
        <Tabs.List mb="md" style={{ flexWrap: "nowrap", overflowX: "auto" }}>
          <Tabs.Tab value="troubles">Needs attention</Tabs.Tab>
          <Tabs.Tab value="effects">Outbox</Tabs.Tab>
          <Tabs.Tab value="audit">Audit</Tabs.Tab>
          <Tabs.Tab value="jobs">Long work</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="troubles">
          <TroubleList />
        </Tabs.Panel>
        <Tabs.Panel value="effects">
          <EffectList />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditList />
        </Tabs.Panel>
        <Tabs.Panel value="jobs">
          <JobList />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
