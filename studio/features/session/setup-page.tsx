import { Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { sentenceOf } from "../../api/problem-error.ts";
import { signIn } from "../../api/sign-in.ts";
import { useCall } from "../../api/use-call.ts";
import { SessionFrame } from "./session-frame.tsx";

/** The first admin of an empty installation, by the link that the server printed once. */
export default function SetupPage() {
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useCall("setup", {
    onDone: () => {
      void signIn(email.trim(), password)
        .then(
          () => "/",
          () => "/sign-in",
        )
        .then((to) => {
          client.clear();
          navigate(to, { replace: true });
        });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setup.mutate({ body: { token, name: name.trim(), email: email.trim(), password } });
  };
  if (!token) {
    return (
      <SessionFrame>
        <Title order={1} mb="xs">
          Set up Rondo
        </Title>
        <p className="secondary">
          This Rondo has no admin yet. When it started, it printed a one-time link to this page in its log; open that
          link to become the first admin.
        </p>
      </SessionFrame>
    );
  }
  return (
    <SessionFrame>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={1}>Set up Rondo</Title>
          <p className="secondary">You become the first HR admin. The link works once.</p>
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            value={name}
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            description="At least ten characters."
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            error={setup.error ? sentenceOf(setup.error) : null}
            onChange={(e) => setPassword(e.currentTarget.value)}
          />
          <Button type="submit" loading={setup.isPending} disabled={password.length < 10}>
            Become the first admin
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  );
}
