import { Button, Stack, Text, Title } from "@mantine/core";
import { isRouteErrorResponse, useRouteError } from "react-router";

/** When a page itself breaks: say so, keep the way out. A page whose code is gone after an update is loaded anew. */
export function Failure() {
  const error = useRouteError();
  const stale = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Stack align="center" justify="center" mih={320} gap="sm" p="xl" role="alert">
      <Title order={2}>{stale ? "Rondo was updated" : "This page broke"}</Title>
      <Text maw={520} ta="center" className="secondary">
        {stale
          ? "A newer version is there. Reload to go on; nothing was lost."
          : isRouteErrorResponse(error)
            ? error.statusText
            : `It is our fault, not yours: ${error instanceof Error ? error.message : "unknown error"}`}
      </Text>
      <Button onClick={() => window.location.reload()}>Reload</Button>
    </Stack>
  );
}
