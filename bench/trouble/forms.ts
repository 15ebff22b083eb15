// A form as a page draws it, read and filled in as a browser without scripts does.
import { brotliDecompressSync } from "node:zlib";
import type { Answer, Client } from "@/bench/client";

export interface DrawnForm {
  /** Where it is sent. */
  path: string;
  /** What it is sent with: all of its fields as drawn, some of them filled in, others added. */
  filled(values: Record<string, string>): [string, string][];
}

/** The text of an answer, packed or not. */
export function textOf({ body, headers }: Answer): string {
  return (headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString("utf8");
}

const letters: Record<string, string> = { quot: '"', amp: "&", lt: "<", gt: ">", "#x27": "'", "#39": "'" };
const decoded = (text: string) => text.replace(/&([a-z]+|#x?[\da-f]+);/g, (all, name: string) => letters[name] ?? all);

const attribute = (tag: string, name: string) => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
};

/** @param which its id, or a name that one of its fields has @throws Error when the page has none */
export async function drawnForm(
  client: Client,
  page: string,
  which: { id: string } | { field: string },
): Promise<DrawnForm> {
  const html = textOf(await client.get(page, { accept: "text/html" }));
  const isMeant = (form: string) =>
    "id" in which
      ? form.startsWith("<form") && attribute(form, "id") === which.id
      : form.includes(`name="${which.field}"`);
  const form = [...html.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text).find(isMeant);
  if (form === undefined) throw new Error(`The page ${page} has no such form.`);
  const [head = ""] = /^<form[^>]*>/.exec(form) ?? [];
  const drawn = [...fieldsIn(form)];
  return {
    path: attribute(head, "action") || page,
    filled: (values) => {
      const kept = drawn.filter(([name]) => !(name in values));
      return [...kept, ...Object.entries(values)];
    },
  };
}

function* fieldsIn(form: string): Generator<[string, string]> {
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const [type, name] = [attribute(tag, "type") ?? "text", attribute(tag, "name")];
    if (name === undefined || type === "submit" || type === "file") continue;
    if ((type === "checkbox" || type === "radio") && !/ checked(=|[ >/])/.test(tag)) continue;
    yield [name, attribute(tag, "value") ?? ""];
  }
  for (const [, tag = "", text = ""] of form.matchAll(/(<textarea[^>]*>)([\s\S]*?)<\/textarea>/g)) {
    const name = attribute(tag, "name");
    if (name !== undefined) yield [name, decoded(text).replace(/^\n/, "")];
  }
  for (const [, tag = "", inside = ""] of form.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
    const name = attribute(tag, "name");
    const options = [...inside.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => / selected(=|[ >])/.test(option)) ?? options[0];
    if (name !== undefined && chosen !== undefined) yield [name, attribute(chosen, "value") ?? ""];
  }
}
