// Other services that let people in, and what only the admin of a new site sees. On a site of its own: one that knows such a service, has no
// admin yet, and whose mail nobody takes.
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { type MutableRedirectUri, type MutableToken, OAuth2Server } from "oauth2-mock-server";
import pg from "pg";
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { removeDataDir, type StartedServer, startServer } from "@/tests/support/server";
import { faults } from "./faults";
import { fillAccount, fillLogIn, somebody } from "./people";

test.describe.configure({ mode: "serial", timeout: 360_000 });

const service = new OAuth2Server();
const admin = { ...somebody(), email: "admin@example.org" };

/** Who comes, as the service says it; with "denied" they change their mind there. */
let claims: Record<string, unknown> = {};
let denied = false;

let site: StartedServer;
let database: pg.Client;

test.beforeAll(async () => {
  // A first start makes a database and fills it.
  test.slow();
  await service.issuer.keys.generate("RS256");
  await service.start(0, "localhost");
  service.service.on("beforeTokenSigning", (token: MutableToken) => Object.assign(token.payload, claims));
  service.service.on("beforeAuthorizeRedirect", ({ url }: MutableRedirectUri) => {
    if (!denied) return;
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
  });
  site = await startServer({
    env: {
      AUTH_OIDC_NAME: "Our School",
      AUTH_OIDC_ISSUER: String(service.issuer.url),
      AUTH_OIDC_CLIENT_ID: "colloquy",
      AUTH_OIDC_CLIENT_SECRET: "a secret",
      // Nobody listens there.
      SMTP_URL: "smtp://localhost:9",
    },
  });
  const running = await runningEmbeddedDatabase(site.dataDir);
  database = new pg.Client({ connectionString: running?.databaseUrl });
  database.on("error", () => {});
  await database.connect();
});

test.afterAll(async () => {
  await database?.end();
  await site?.stop();
  if (site) await removeDataDir(site.dataDir);
  await service.stop();
});

let context: BrowserContext;
let page: Page;

test.beforeEach(async ({ browser }) => {
  context = await browser.newContext({ baseURL: site.origin });
  page = await context.newPage();
  denied = false;
});
test.afterEach(() => context.close());

/** Somebody whom the service knows. */
function comes(subject: string, email = `${subject}@example.org`): void {
  claims = {
    sub: subject,
    aud: "colloquy",
    email,
    email_verified: true,
    name: `One ${subject}`,
    preferred_username: subject,
  };
}

/** All log-ins are an hour old as far as confirming goes. */
const anHourLater = () => database.query("UPDATE sessions SET confirmed_at = now() - interval '1 hour'");

const enter = (next = "/settings") =>
  page
    .goto(`/log-in?next=${encodeURIComponent(next)}`)
    .then(() => page.getByRole("button", { name: "Log in with Our School" }).click());

test("the first admin, people and mail have no fault that axe finds", async () => {
  const link = /Become admin\s+\S*?(http\S+)/.exec(site.output())?.[1] ?? "";
  await page.goto(link);
  expect(await faults(page), "first-run").toEqual([]);
  await fillAccount(page, admin);
  await page.getByRole("button", { name: "Make the admin" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("People");
  expect(await faults(page), "people").toEqual([]);
  await page.goto("/desk/mail");
  await expect(page.locator(".empty")).toHaveText(/^Nothing\./);
  expect(await faults(page), "empty mail").toEqual([]);

  // A mail that nobody takes, and one that was given up.
  for (const attempts of [1, 12]) {
    await database.query(
      `SELECT graphile_worker.add_job('send-mail', json_build_object('kind', 'passwordChanged', 'seed', repeat('s', 43),
         'userId', (SELECT id FROM users WHERE handle = $1)), run_at => now() + interval '1 day', max_attempts => 12)`,
      [admin.handle],
    );
    await database.query(
      `UPDATE graphile_worker._private_jobs SET attempts = $1, last_error = 'The mail server does not answer.'
       WHERE id = (SELECT max(id) FROM graphile_worker._private_jobs)`,
      [attempts],
    );
  }
  await page.reload();
  await expect(page.locator(".rows > li")).toHaveCount(1);
  await expect(page.locator(".rows > li")).toContainText("The password was changed");
  await expect(page.locator(".rows > li")).toContainText("The mail server does not answer.");
  await expect(page.locator(".mail-waiting")).toContainText("1 mail");
  expect(await faults(page), "mail").toEqual([]);
  await page.getByRole("button", { name: "Give up", exact: true }).click();
  await expect(page.locator(".house-note")).toHaveText("Given up. Nobody was told.");
  await expect(page.locator(".rows > li")).toHaveCount(0);
});

test("come by a service, be known again, confirm who one is, and keep a way in", async () => {
  comes("ada");
  await enter("/topics");
  await expect(page).toHaveURL(`${site.origin}/settings?news=named`);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("One ada");
  await page.goto("/settings/password");
  expect(await faults(page), "password").toEqual([]);
  const services = page.getByRole("region", { name: "Other ways in" });
  await services.getByRole("button", { name: "Unlink" }).click();
  await expect(page.getByRole("alert")).toHaveText(/^This is your only way in\./);

  // What would hurt most in a thief's hands asks the service once more, since there is no password to ask for.
  await anHourLater();
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Make an archive" }).click();
  await expect(page.getByRole("alert")).toHaveText(/^Please confirm first that it is you/);
  expect(await faults(page), "confirming").toEqual([]);
  await page.getByRole("button", { name: "Confirm with Our School" }).click();
  await expect(page).toHaveURL(`${site.origin}/settings/data?news=confirmed`);
  await expect(page.locator(".house-note")).toHaveText("Thank you, it is you. Please do it once more.");
  await page
    .getByRole("button", { name: /archive/i })
    .first()
    .click();
  await expect(page).toHaveURL(`${site.origin}/settings/data?news=asked`);

  // Somebody else at the service confirms nothing.
  await anHourLater();
  await page.goto("/settings/data");
  await page.getByRole("radio").first().check();
  await page.getByRole("button", { name: "Delete my account" }).click();
  comes("somebody-else");
  await page.getByRole("button", { name: "Confirm with Our School" }).click();
  await expect(page.getByRole("main")).toContainText("The other service let somebody else in");
  expect(await faults(page), "refused").toEqual([]);

  await page.goto("/log-out");
  await page.getByRole("main").getByRole("button", { name: "Log out" }).click();
  comes("ada", "another@example.org");
  await enter("/topics");
  await expect(page).toHaveURL(`${site.origin}/topics`);
  await page.goto("/settings");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("One ada");
});

test("link a service to one's account, come in by it, and end it", async () => {
  await page.goto("/log-in?next=/settings/password");
  await fillLogIn(page, admin.handle, admin.password);
  const services = page.getByRole("region", { name: "Other ways in" });
  comes("grace");
  await services.getByRole("button", { name: "Link Our School" }).click();
  await expect(page).toHaveURL(`${site.origin}/settings/password`);
  await expect(services.getByRole("button", { name: "Unlink" })).toBeVisible();
  await context.clearCookies();
  await enter("/settings/password");
  await expect(page).toHaveURL(`${site.origin}/settings/password`);
  await services.getByRole("button", { name: "Unlink" }).click();
  await expect(page.locator(".house-note")).toHaveText("That service does not let you in any more.");
});

test("nobody is let in by an address that has an account, nor by changing their mind", async () => {
  comes("mallory", admin.email);
  await enter();
  await expect(page).toHaveURL(/\/log-in\/refused\?why=provider\.address_taken$/);
  await expect(page.getByRole("main")).toContainText("There is an account with this address already.");
  comes("undecided");
  denied = true;
  await enter();
  await expect(page.getByRole("main")).toContainText(
    "The other service did not let you in, or you changed your mind there.",
  );
  await page.goto("/settings");
  await expect(page).toHaveURL(`${site.origin}/log-in?next=%2Fsettings`);
});
