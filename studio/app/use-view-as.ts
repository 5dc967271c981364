import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useCall } from "../api/use-call.ts";

/** Acts as a persona of the demo: everything on screen belonged to someone else, so all of it is asked for again. */
export function useViewAs() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useCall("viewAs", {
    onDone: (me) => {
      client.setQueryData(["me", {}], me);
      // After the screen knows who looks: it must not ask for what only the one before might see.
      setTimeout(() => void client.resetQueries({ predicate: (query) => query.queryKey[0] !== "me" }));
      navigate("/");
    },
  });
}
