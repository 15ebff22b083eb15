// Becoming somebody in a story: a person that no other story knows, and the forms that they fill in.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { makeMember } from "@/tests/support/make-member";
import { linkTo } from "@/tests/support/outbox";
import { expect } from "./stories";

export interface TestPerson {
  handle: string;
  name: string;
  email: string;
  password: string;
}

/** Letters that look like no others, so that no two names do. */
const letters = "abcdefghkmprstwxyz";

export function somebody(): TestPerson {
  const word = [...randomBytes(10)].map((byte) => letters[byte % letters.length]).join("");
  const name = `${word[0]?.toUpperCase()}${word.slice(1)}`;
  return { handle: word, name, email: `${word}@example.org`, password: `green pears for ${word.slice(0, 3)} at nine` };
}

/** Fills in what a new account asks for. */
export async function fillAccount(page: Page, person: TestPerson): Promise<void> {
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Name", { exact: true }).fill(person.name);
  await page.getByLabel("User name", { exact: true }).fill(person.handle);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
}

export async function signUp(page: Page, person: TestPerson): Promise<void> {
  await page.goto("/sign-up");
  await fillAccount(page, person);
  await page.getByRole("main").getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Look into your mail");
}

/** Opens the link of a mail that is yet to arrive. */
export async function openMailedLink(page: Page, email: string, path: string, dataDir?: string): Promise<void> {
  await expect.poll(() => linkTo(email, path, dataDir), { timeout: 60_000 }).toBeDefined();
  await page.goto((await linkTo(email, path, dataDir)) ?? "");
}

/** Signs up, confirms the address, and so is logged in. */
export async function becomeMember(page: Page, person = somebody(), dataDir?: string): Promise<TestPerson> {
  await signUp(page, person);
  await openMailedLink(page, person.email, "/verify-email", dataDir);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.locator(".house-note")).toHaveText(/^Welcome\./);
  return person;
}

/** Is a member from here on, without the pages that lead there: for stories that are about something else. */
export async function enterAsMember(page: Page): Promise<TestPerson> {
  const url = process.env.E2E_ORIGIN;
  if (!url) throw new Error("The site's address is unknown: tests/support/built-site sets it.");
  const person = somebody();
  const { sessionToken, deviceToken } = await makeMember(person);
  const cookies = { "colloquy-session": sessionToken, "colloquy-device": deviceToken, "colloquy-hint": "1" };
  await page.context().addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
  return person;
}

export async function fillLogIn(page: Page, identifier: string, password: string): Promise<void> {
  const main = page.getByRole("main");
  await main.getByLabel("User name or email").fill(identifier);
  await main.getByLabel("Password", { exact: true }).fill(password);
  await main.getByRole("button", { name: "Log in", exact: true }).click();
}
