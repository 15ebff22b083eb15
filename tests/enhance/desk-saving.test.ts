// When the desk's editor saves, by a clock of the test's own and a server that answers when the test says so.
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Fields } from "@/components/enhance/desk/fields";
import { type Page, Saving } from "@/components/enhance/desk/saving";

const drawn: Fields = { title: "", slug: "", topics: "", summary: "", body: "", copyrightHolder: "", licence: "" };

/** Requests in order, each with the way to answer it. */
const requests: { method: string; answer(data: object): void }[] = [];

beforeEach(() => {
  requests.length = 0;
  vi.useFakeTimers();
  const listening = { addEventListener: () => {}, removeEventListener: () => {} };
  vi.stubGlobal("window", { ...listening, setInterval, setTimeout });
  vi.stubGlobal("document", { ...listening, visibilityState: "visible" });
  vi.stubGlobal(
    "fetch",
    (_: string, { method }: { method: string }) =>
      new Promise((resolve) => requests.push({ method, answer: (data) => resolve(Response.json(data)) })),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A form with one text, and what it was told. */
function openForm() {
  const form = { body: "", told: [] as string[] };
  const page: Page = {
    article: "1",
    revision: "1",
    read: () => ({ ...drawn, body: form.body }),
    wire: (fields) => fields,
    charactersOver: () => 0,
    mark: () => {},
    bringIn: () => {},
    show: ({ kind }) => void form.told.push(kind),
    showPresent: () => {},
    showFreeSlug: () => {},
  };
  const saving = new Saving(page, 1, drawn);
  const type = (text: string) => {
    form.body += text;
    saving.changed();
  };
  return { form, type };
}

it("saves two seconds after the last change", async () => {
  const { form, type } = openForm();
  type("Bees");
  await vi.advanceTimersByTimeAsync(1_900);
  type(" fly.");
  await vi.advanceTimersByTimeAsync(1_900);
  expect(requests).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(requests.map(({ method }) => method)).toEqual(["PATCH"]);
  requests[0]?.answer({ saveNumber: 2, savedAt: "2026-01-01T00:00:00Z" });
  await vi.advanceTimersByTimeAsync(0);
  expect(form.told.at(-1)).toBe("saved");
});

it("saves at once after asking who else is here, when it became due meanwhile", async () => {
  const { form, type } = openForm();
  await vi.advanceTimersByTimeAsync(11_900);
  type("Bees fly.");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(requests.map(({ method }) => method)).toEqual(["POST"]);
  requests[0]?.answer({ present: [] });
  await vi.advanceTimersByTimeAsync(0);
  expect(requests.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  requests[1]?.answer({ saveNumber: 2, savedAt: "2026-01-01T00:00:00Z" });
  await vi.advanceTimersByTimeAsync(0);
  expect(form.told.at(-1)).toBe("saved");
});
