import { Button, PasswordInput, Stack, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { sentenceOf } from "../../api/problem-error.ts";
import { signIn } from "../../api/sign-in.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useCall } from "../../api/use-call.ts";
import { ListSkeleton } from "../../ui/states.tsx";
import { SessionFrame } from "./session-frame.tsx";

/** Somebody who was invited chooses a password, and is in. */
export default function InvitationPage() {
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const navigate = useNavigate();
  const invitation = useAnswer("invitation", { params: { token: token || "-" } });
  const accept = useCall("acceptInvitation", {
    onDone: ({ email }) => {
      void signIn(email, password)
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
    accept.mutate({ body: { token, password } });
  };
  if (invitation.error) {
    return (
      <SessionFrame>
        <Title order={1} mb="xs">
          This invitation does not open
        </Title>
        <p className="secondary">{sentenceOf(invitation.error)}</p>
        <p>
          <Link to="/sign-in">Sign in</Link> if you have a password already.
        </p>
      </SessionFrame>
    );
  }
  if (!invitation.data) {
    return (
      <SessionFrame>
        <ListSkeleton rows={3} />
      </SessionFrame>
    );
  }
  return (
    <SessionFrame>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Title order={1}>Welcome, {invitation.data.name}</Title>
          <p className="secondary">
            Choose a password. You sign in with <strong>{invitation.data.email}</strong>. The link works once.
          </p>
          <input type="hidden" name="username" autoComplete="username" value={invitation.data.email} readOnly />
          <PasswordInput
            label="Password"
            description="At least ten characters."
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            error={accept.error ? sentenceOf(accept.error) : null}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={accept.isPending} disabled={password.length < 10}>
            Begin
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  );
}
