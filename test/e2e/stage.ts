import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { buildStudioIfStale } from "../../runtime/start.ts";
import { BROWSER_FLAGS, findBrowser } from "../support/browser.ts";
import { demoReady, removeFolder, type ServerProcess, startServer } from "../support/server-process.ts";

/** A Chromium, if this machine has one: without it the stories are skipped, and counted. */
export const browserPath = process.env.CHROMIUM_PATH ?? findBrowser();

const PATIENCE = 15_000;
const WIDE = { width: 1440, height: 900 };

/** A server with the demo organisation on a clock that stands still, and a browser in front of it. */
export interface Stage {
  url: string;
  /** One page for the whole story: what a page leaves behind is part of it. */
  page: Page;
  /** What a page said that it should not: console errors, exceptions, requests that left the origin. */
  complaints: string[];
  /** Opens another page, as a phone or in the dark. */
  another(options: Parameters<Browser["newContext"]>[0]): Promise<{ page: Page; context: BrowserContext }>;
  /** Looks through the eyes of somebody; null is whom the demo begins with. */
  as(person: string | null, of?: Page): Promise<void>;
  /** Moves the server's clock and waits until everything that came due has been done. */
  later(to: { by: number } | { to: number }): Promise<void>;
  /** Asks the API as whoever the page is. */
  ask<Answer>(path: string, body?: object, of?: Page): Promise<Answer>;
  /** Keeps a picture where `RONDO_E2E_SHOTS` names a folder. */
  shot(name: string, of?: Page): Promise<void>;
  end(): Promise<void>;
}

/** Builds the studio where it is stale, starts a server with the demo organisation, and opens a browser. */
export async function openStage(): Promise<Stage> {
  buildStudioIfStale();
  const server = await startServer({ RONDO_CLOCK: "manual", RONDO_DEMO: "green-soft" });
  try {
    await demoReady(server.url);
    const browser = await chromium.launch({ executablePath: browserPath!, args: BROWSER_FLAGS });
    return await onStage(server, browser);
  } catch (cause) {
    const printed = server.output();
    await server.stop();
    removeFolder(server);
    throw new Error(`the stage could not be set; the server printed:\n${printed}`, { cause });
  }
}

async function onStage(server: ServerProcess, browser: Browser): Promise<Stage> {
  const { url } = server;
  const complaints: string[] = [];
  const another: Stage["another"] = async (options) => {
    const context = await browser.newContext({
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    watch(page, url, complaints);
    return { page, context };
  };
  const { page } = await another({ viewport: WIDE });
  await page.goto(url);
  const ask: Stage["ask"] = async (path, body, of = page) => {
    const { request } = of.context();
    const answer = await (body === undefined
      ? request.get(`${url}/api${path}`)
      : request.post(`${url}/api${path}`, {
          data: body,
          headers: { "idempotency-key": crypto.randomUUID() },
          // Moving the clock by weeks lets thousands of timers fire: an answer in its own time is no failure.
          timeout: 120_000,
        }));
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  let shots = 0;
  return {
    url,
    page,
    complaints,
    another,
    ask,
    as: async (person, of) => {
      await ask("/me/view-as", { person }, of);
    },
    later: async (to) => {
      await ask("/clock", to);
    },
    shot: async (name, of = page) => {
      const folder = process.env.RONDO_E2E_SHOTS;
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      await of.waitForTimeout(300);
      await of.screenshot({ path: join(folder, `${String(++shots).padStart(2, "0")}-${name}.png`) });
    },
    end: async () => {
      await browser.close();
      await server.stop();
      removeFolder(server);
    },
  };
}

/** Writes down whatever a page says that it should not. */
function watch(page: Page, origin: string, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`the console says: ${message.text()}`);
  });
  page.on("response", (answer) => {
    const request = answer.request();
    if (answer.status() >= 400) complaints.push(`${request.method()} ${answer.url()} answered ${answer.status()}`);
  });
  page.on("pageerror", (error) => complaints.push(`an exception nobody caught: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith(`${origin}/`) && !/^(data|blob):/.test(to)) complaints.push(`a request left the origin: ${to}`);
  });
}
