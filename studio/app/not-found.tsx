import { Button } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { Nothing } from "../ui/states.tsx";

/** An address that leads nowhere. */
export default function NotFound() {
  const { pathname } = useLocation();
  return (
    <Nothing
      title="There is no such page"
      action={
        <Button component={Link} to="/">
          Go home
        </Button>
      }
    >
      {pathname} leads nowhere. It may have been renamed, or the link was cut off.
    </Nothing>
  );
}
