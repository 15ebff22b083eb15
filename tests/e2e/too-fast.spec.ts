// Posting faster than a guest may: said with the seconds to wait, and the text kept. On a site of its own, since the allowances of the one
// of all other stories are as large as tests need; a second server on that one's database would take its mails.
import { randomInt } from "node:crypto";
import { removeDataDir, startServer } from "@/tests/support/server";
import { commentsOf, composerOf, expect, say, test } from "./stories";

const article = "/articles/do-plants-hear";

/** More than a guest may in ten minutes, so that the slowest machine comes to an end too. */
const tooMany = 7;

test("whoever posts too fast is asked to wait, and loses nothing; who asks for many links proves to be no robot", async ({
  browser,
}) => {
  test.slow();
  const server = await startServer({
    env: { RATE_LIMIT_FACTOR: "1", TRUSTED_PROXIES: "127.0.0.1/32, ::1/128" },
  });
  try {
    for (const [mode, javaScriptEnabled] of [
      ["with scripts", true],
      ["without scripts", false],
    ] as const) {
      // From a network that nobody else here posts from: the allowances of all servers on a database are one.
      const network = `198.51.${randomInt(256)}.${randomInt(256)}`;
      const context = await browser.newContext({
        baseURL: server.origin,
        javaScriptEnabled,
        extraHTTPHeaders: { "x-forwarded-for": network },
      });
      const page = await context.newPage();
      await page.goto(article);
      const tooSoon = composerOf(page).message.filter({ hasText: /That was quick\. Please wait \d+ seconds? before/ });
      let said = 0;
      let text = "";
      do {
        said++;
        text = `Number ${said}, ${mode}.`;
        await say(page, text);
        await expect(commentsOf(page, text).or(tooSoon)).toBeVisible();
      } while (!(await tooSoon.isVisible()) && said < tooMany);
      await expect(tooSoon).toBeVisible();
      await expect(composerOf(page).body).toHaveValue(text);
      await page.goto(article);
      await expect(commentsOf(page, mode)).toHaveCount(said - 1);

      // Asking for links over half of what a network has: a proof of work, or the wait.
      const askForLink = async () => {
        await page.getByLabel("Email").fill("nobody@example.org");
        await page.getByRole("button", { name: "Send the link" }).click();
      };
      const sent = page.getByRole("heading", { name: "Look into your mail" });
      for (let nth = 0; nth < 2; nth++) {
        await page.goto("/forgot-password");
        await askForLink();
        await expect(sent).toBeVisible();
      }
      await page.goto("/forgot-password");
      await askForLink();
      const message = page.getByRole("main").locator(".form-message");
      if (javaScriptEnabled) {
        await expect(message).toHaveText(/your browser had to do a sum first\. It is done/);
        await askForLink();
        await expect(sent).toBeVisible();
      } else {
        await expect(message).toHaveText(
          /^Too many links were asked for from here\. Please wait \d+ minutes and try again\.$/,
        );
        await askForLink();
        await expect(message).toHaveText(/^Too many links/);
      }
      await context.close();
    }
  } finally {
    await server.stop();
    await removeDataDir(server.dataDir);
  }
});
