// Searching, for words that nearly every text has and for words of few: the page of what was found, drawn for each who asks.
import { Client } from "@/bench/client";
import { doMany, type Target } from "@/bench/load";
import type { Figures } from "@/bench/table";

export const questions = [
  ["a common word", "water"],
  ["three words", "light water years"],
  ["a phrase", '"the night sky"'],
  ["a word nobody wrote", "quagga"],
] as const;

export async function searching(product: Target, count: number): Promise<Figures[]> {
  const client = new Client(product.origin);
  const lines: Figures[] = [];
  for (const [name, words] of questions) {
    const work = async () => {
      const { status, body } = await client.get(`/search?q=${encodeURIComponent(words)}`, { accept: "text/html" });
      return { bytes: body.length, ok: status === 200 };
    };
    await doMany("", product, { count: 3, atOnce: 1, work });
    lines.push(await doMany(`Search for ${name}`, product, { count, atOnce: 1, work }));
  }
  return lines;
}
