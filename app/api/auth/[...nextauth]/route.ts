// Logging in through another service: there by a form of ours, back by the service's redirect. Everything else of next-auth is not here.
import { cookies } from "next/headers";
import { z } from "zod";
import { DomainError, isDomainError } from "@/lib/domain/errors";
import { orProblem, refuseForeign } from "@/lib/web/api";
import { type AuthAnswer, beginLogIn, configuredProviders, finishLogIn } from "@/lib/web/auth";
import { refusedPath } from "@/lib/web/auth-refusals";
import { awayPage } from "@/lib/web/away-page";
import { refuseWhileReadOnly } from "@/lib/web/read-only";
import { contextOf } from "@/lib/web/request";
import { browserOfRequest, keepSession } from "@/lib/web/session";

interface Route {
  params: Promise<{ nextauth: string[] }>;
}

/** @throws DomainError `not_found` for all but `action` of a service that is switched on */
async function providerOf(route: Route, action: "signin" | "callback"): Promise<{ id: string; name: string }> {
  const [asked, id, ...rest] = (await route.params).nextauth;
  const provider = configuredProviders().find((one) => one.id === id);
  if (asked !== action || !provider || rest.length > 0) throw new DomainError("not_found");
  return provider;
}

async function cookiesOfRequest(): Promise<Record<string, string>> {
  return Object.fromEntries((await cookies()).getAll().map(({ name, value }) => [name, value]));
}

/** Next reads these lines again to put its own beside them, and loses a `Max-Age` of 0 on the way; a day long past it keeps. */
function withCookies(response: Response, { setCookies }: AuthAnswer): Response {
  for (const line of setCookies) {
    response.headers.append("Set-Cookie", line.replace(/Max-Age=0/i, "Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
  }
  return response;
}

const purposes = z.enum(["enter", "link", "confirm"]).catch("enter");

/** The page that the form was on; it is one of ours, since the origin was asked for. */
function pathBefore(request: Request): string | undefined {
  const referer = request.headers.get("referer") ?? "";
  if (!URL.canParse(referer)) return undefined;
  const { pathname, search } = new URL(referer);
  return pathname + search;
}

/** Fields: `callbackUrl`, where to go afterwards, else back; `intent`, see `EntryPurpose`. */
export function POST(request: Request, route: Route): Promise<Response> {
  return orProblem(async () => {
    refuseForeign(request);
    refuseWhileReadOnly();
    const provider = await providerOf(route, "signin");
    const form = new URLSearchParams(await request.text());
    const wish = {
      provider: provider.id,
      returnTo: form.get("callbackUrl") ?? pathBefore(request),
      purpose: purposes.parse(form.get("intent")),
      cookies: await cookiesOfRequest(),
    };
    const answer = await beginLogIn(await contextOf(), wish).catch((error: unknown) => {
      if (isDomainError(error) && error.code === "unauthenticated")
        return { goTo: refusedPath("confirm.needed"), setCookies: [] };
      throw error;
    });
    if (!answer) throw new DomainError("not_found");
    if (answer.goTo.startsWith("/")) return withCookies(seeOther(answer.goTo), answer);
    return withCookies(awayPage(answer.goTo, provider.name), answer);
  });
}

export function GET(request: Request, route: Route): Promise<Response> {
  return orProblem(async () => {
    const provider = await providerOf(route, "callback");
    const browser = await browserOfRequest();
    const query = Object.fromEntries(new URL(request.url).searchParams);
    const back = { provider: provider.id, query, browser, cookies: await cookiesOfRequest() };
    const answer = await finishLogIn(await contextOf(), back);
    if (!answer) throw new DomainError("not_found");
    if (answer.entered) await keepSession(answer.entered, browser);
    return withCookies(seeOther(answer.goTo), answer);
  });
}

function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: path } });
}
