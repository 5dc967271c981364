import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const KNOWN = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium that is on this machine; undefined where there is none. `CHROMIUM_PATH` names another. */
export function findBrowser(): string | undefined {
  return KNOWN.find((path): path is string => path !== undefined && existsSync(path));
}

/** Finds a Chromium, installing Debian's where this is Debian and we may. Undefined where none can be had. */
export function findOrInstallBrowser(say: (line: string) => void): string | undefined {
  const found = findBrowser();
  if (found || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return found;
  say("No Chromium here: installing Debian's (once)…");
  try {
    execFileSync("apt-get", ["update"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch {
    say("It could not be installed: the browser tests are skipped and counted.");
  }
  return findBrowser();
}

/** Flags for a headless Chromium that talks to nobody but us. */
export const BROWSER_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
