// What every story begins with: a page that is watched, a second reader, and articles that no other story touches.
import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";
import { type Posted, postChain, postComment, postComments } from "@/tests/support/api-client";
import { lockThread, publishArticle, type TestArticle } from "@/tests/support/publish-article";

interface Troubles {
  /** What went wrong in a page so far: errors of scripts, breaches of the CSP, requests to elsewhere. */
  troubles: string[];
}

/** Threads are filled through the API. */
interface Filling {
  one(article: TestArticle, wish: Parameters<typeof postComment>[2]): Promise<Posted>;
  many(article: TestArticle, bodies: readonly string[]): Promise<Posted[]>;
  chain(article: TestArticle, bodies: readonly string[]): Promise<Posted[]>;
}

interface Stories extends Troubles {
  /** Where the site is. */
  origin: string;
  /** A published article with an empty thread. */
  article: TestArticle;
  publish: typeof publishArticle;
  lock: typeof lockThread;
  post: Filling;
  /** A page in a browser of somebody else. */
  otherPage: Page;
  /** And in that of a third. */
  thirdPage: Page;
}

/** Refused requests are part of many stories, and Chromium reports each of them as an error. */
const expected = /^Failed to load resource: the server responded with a status of (401|403|404|409|422|423|429)/;

async function watch(context: BrowserContext, origin: string, troubles: string[]): Promise<void> {
  context.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) troubles.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => void troubles.push(`error: ${error.error().message}`));
  context.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) troubles.push(`request to ${url}`);
  });
  await context.exposeBinding("reportBreach", (_, breach: string) => void troubles.push(`CSP: ${breach}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      Reflect.get(window, "reportBreach")(`${event.violatedDirective} by ${event.blockedURI || event.sample}`);
    });
  });
}

export const test = base.extend<Stories & { watched: undefined; openElsewhere: () => Promise<Page> }>({
  origin: async ({ baseURL }, use) => {
    if (!baseURL) throw new Error("The site's address is unknown: tests/support/built-site sets it.");
    await use(baseURL);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from the pattern
  troubles: async ({}, use) => {
    const troubles: string[] = [];
    await use(troubles);
    expect(troubles).toEqual([]);
  },
  watched: [
    async ({ context, origin, troubles }, use) => {
      await watch(context, origin, troubles);
      await use(undefined);
    },
    { auto: true },
  ],
  openElsewhere: async ({ browser, origin, troubles, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: origin, javaScriptEnabled });
      contexts.push(context);
      await watch(context, origin, troubles);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  otherPage: async ({ openElsewhere }, use) => use(await openElsewhere()),
  thirdPage: async ({ openElsewhere }, use) => use(await openElsewhere()),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  publish: async ({}, use) => use(publishArticle),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  lock: async ({}, use) => use(lockThread),
  article: async ({ publish }, use) => use(await publish()),
  post: async ({ origin }, use) =>
    use({
      one: (article, wish) => postComment(origin, article.slug, wish),
      many: (article, bodies) =>
        postComments(
          origin,
          article.slug,
          bodies.map((body) => ({ body })),
        ),
      chain: (article, bodies) => postChain(origin, article.slug, bodies),
    }),
});

export { expect };

export function discussionOf(page: Page): Locator {
  return page.getByRole("region", { name: "Discuss this Article" });
}

/** All comments on the page, or the one that says `text`. */
export function commentsOf(page: Page, text?: string): Locator {
  const comments = page.locator("article.comment");
  return text === undefined ? comments : comments.filter({ hasText: text });
}

/** The form that posts to the article, or the one with another name: "Reply to Ada". */
export function composerOf(page: Page, name: string | RegExp = "Post your comments") {
  const form = page.getByRole("form", { name });
  return {
    form,
    body: form.getByLabel("Comment", { exact: true }),
    name: form.getByLabel("Name", { exact: true }),
    post: form.getByRole("button", { name: "Post Anonymously" }),
    preview: form.getByRole("button", { name: "Preview" }),
    message: form.locator(".form-message"),
  };
}

/** Writes and posts. */
export async function say(page: Page, text: string, name?: string): Promise<void> {
  const composer = composerOf(page);
  await composer.body.fill(text);
  if (name !== undefined) await composer.name.fill(name);
  await composer.post.click();
}
