import { Loader, Progress, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { number } from "../text/number.ts";
import { Brand } from "./brand.tsx";

/** While the server starts, or is away: what it is doing, and back to work by itself when it is there. */
export function Starting({ onReady }: { onReady: () => void }) {
  const health = useAnswer("health", {}, { every: 1000 });
  const demo = health.data?.demo ?? null;
  const ready = health.data?.status === "ok" && !health.isError;
  useEffect(() => {
    if (!ready) return;
    const handle = setTimeout(onReady, 300);
    return () => clearTimeout(handle);
  }, [ready, onReady]);
  return (
    <Stack align="center" justify="center" h="100%" gap="sm" role="status">
      <Brand />
      {demo ? (
        <>
          <Text>{demo.what}</Text>
          <Progress value={(demo.done / Math.max(1, demo.total)) * 100} w={280} aria-label={demo.what} />
          <Text className="quiet numbers" size="xs">
            {number(demo.done)} of {number(demo.total)}
          </Text>
        </>
      ) : (
        <>
          <Loader size="sm" />
          <Text>{health.isError ? "Rondo cannot be reached. Trying again…" : "Rondo is starting…"}</Text>
        </>
      )}
    </Stack>
  );
}
