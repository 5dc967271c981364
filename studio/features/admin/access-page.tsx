import { Crumbs } from "../../ui/header-slots.tsx";
import { Page } from "../../ui/page.tsx";
import { AccountList } from "./account-list.tsx";
import { KeyList } from "./key-list.tsx";

/** Who may come in: people who sign in, and programs with a key. */
export default function AccessPage() {
  return (
    <Page>
      <Crumbs items={[{ title: "Access" }]} />
      <AccountList />
      <KeyList />
    </Page>
  );
}
