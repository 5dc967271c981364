import { Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { sentenceOf } from "../../api/problem-error.ts";
import { signIn } from "../../api/sign-in.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import classes from "./session.module.css";
import { SessionFrame } from "./session-frame.tsx";

/** Sign in by e-mail and password; in the demo, choose whose eyes to look through instead. */
export default function SignInPage() {
  const me = useAnswer("me", {});
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // Only a path of ours: a link must not lead away after signing in.
  const wanted = search.get("to") ?? "/";
  const next = wanted.startsWith("/") && !wanted.startsWith("//") && !wanted.startsWith("/\\") ? wanted : "/";
  const enter = async () => {
    client.clear();
    navigate(next, { replace: true });
  };
  const viewAs = useCall("viewAs", { onDone: () => void enter() });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    try {
      await signIn(email.trim(), password);
      await enter();
    } catch (error) {
      setWrong(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <SessionFrame>
      {me.data && me.data.personas.length > 0 && (
        <section className={classes.personas}>
          <Title order={1}>Look around as</Title>
          <p className="secondary">This is a demonstration organisation. Choose whose eyes to look through.</p>
          <div>
            {me.data.personas.map((persona) => (
              <button
                key={persona.id}
                type="button"
                className={classes.persona}
                disabled={viewAs.isPending}
                onClick={() => viewAs.mutate({ body: { person: persona.id } })}
              >
                <span className={classes.name}>{persona.name}</span>
                <span className="secondary">{persona.title}</span>
                <span className={classes.why}>{persona.why}</span>
              </button>
            ))}
          </div>
        </section>
      )}
      {(me.data?.personas.length ?? 0) === 0 && (
        <form onSubmit={(event) => void submit(event)}>
          <Stack gap="sm">
            <Title order={1}>Sign in</Title>
            <TextInput
              label="E-mail"
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              value={password}
              error={wrong}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy}>
              Sign in
            </Button>
            <p className="quiet">No account? An HR admin of your organisation can make one.</p>
          </Stack>
        </form>
      )}
    </SessionFrame>
  );
}
