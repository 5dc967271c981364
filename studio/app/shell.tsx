import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Outlet } from "react-router";
import { listen } from "../api/live.ts";
import { HeaderSlots } from "../ui/header-slots.tsx";
import { AskedFor } from "./asked-for.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { SessionGate } from "./session.tsx";
import classes from "./shell.module.css";
import { ViewingAs } from "./view-as.tsx";

/** The frame of every page: header, navigation at the left (a bottom bar on a phone), and the page itself. */
export function Shell() {
  return (
    <SessionGate>
      <HeaderSlots>
        <Frame />
      </HeaderSlots>
    </SessionGate>
  );
}

function Frame() {
  const [menu, { open, close }] = useDisclosure(false);
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
  return (
    <div className={classes.frame}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <Header />
      <ViewingAs />
      <div className={classes.body}>
        <div className={classes.side}>
          <Navigation />
        </div>
        <main id="page" className={classes.page} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar onMore={open} />
      <AskedFor menu={menu} onCloseMenu={close} />
    </div>
  );
}
