import { Link } from "react-router";
import { useHeaderSlots } from "../ui/header-slots.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { Brand } from "./brand.tsx";
import { openPalette } from "./palette-state.ts";
import classes from "./shell.module.css";

/** Brand, where one is, what can be done here, and who one is. */
export function Header() {
  const { setCrumbs, setActions } = useHeaderSlots();
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.home} aria-label="Rondo, home">
        <Brand />
      </Link>
      <div ref={setCrumbs} className={classes.crumbsSlot} />
      <button type="button" className={classes.find} onClick={openPalette} aria-label="Find anything (Ctrl K)">
        Ctrl K
      </button>
      <div ref={setActions} className={classes.actionsSlot} />
      <AccountMenu />
    </header>
  );
}
