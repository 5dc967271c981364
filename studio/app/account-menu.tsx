import { Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useMe } from "../api/me.ts";
import { signOut } from "../api/sign-in.ts";
import { roleName } from "../text/kinds.ts";
import { initials } from "../text/person.ts";
import classes from "./shell.module.css";
import { useViewAs } from "./use-view-as.ts";

const SCHEMES = [
  { value: "light", title: "Light", icon: IconSun },
  { value: "dark", title: "Dark", icon: IconMoon },
  { value: "auto", title: "As the system", icon: IconDeviceDesktop },
] as const;

/** Who one is, whose eyes one looks through (demo), light or dark, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const viewAs = useViewAs();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = me.viewingAs ?? me.person;
  const leave = async () => {
    await signOut();
    client.clear();
    navigate("/sign-in");
  };
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.account} aria-label={`Account: ${shown?.name ?? me.email ?? "nobody"}`}>
          {initials(shown?.name ?? me.email ?? "?")}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <Text component="div" fw={600}>
            {shown?.name ?? me.email ?? "Not signed in"}
          </Text>
          <Text component="div" size="xs" className="secondary">
            {[shown?.title, me.roles.map(roleName).join(", ")].filter(Boolean).join(" · ")}
          </Text>
        </div>
        {me.personas.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>Look through the eyes of</Menu.Label>
            {me.personas.map((persona) => (
              <Menu.Item
                key={persona.id}
                onClick={() => viewAs.mutate({ body: { person: persona.id } })}
                rightSection={shown?.id === persona.id ? <IconCheck size={14} aria-label="now" /> : null}
              >
                {persona.name}
                <Text component="span" display="block" size="xs" className="quiet">
                  {persona.why || persona.title}
                </Text>
              </Menu.Item>
            ))}
          </>
        )}
        <Menu.Divider />
        <Menu.Label>Look</Menu.Label>
        {SCHEMES.map(({ value, title, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={15} stroke={1.6} />}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {title}
          </Menu.Item>
        ))}
        {me.email !== null && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLogout size={15} stroke={1.6} />} onClick={() => void leave()}>
              Sign out
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
