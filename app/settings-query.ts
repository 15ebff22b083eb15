// What a settings page is told by the address that a form led to: that something has just been done.
import { z } from "zod";
import { isAnswerToForm } from "@/lib/web/form-state";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

const query = z.object({ news: z.string().max(30).optional().catch(undefined) });

/** What may have happened on the way to any of these pages. */
const anywhere = { confirmed: "Thank you, it is you. Please do it once more." };

/** The sentence for the news in the address; nothing for what is none, nor when a form was sent since: that has its own to say. */
export async function newsOf(
  searchParams: SearchParams,
  sentences: Record<string, string>,
): Promise<string | undefined> {
  const { news } = query.parse(await searchParams);
  return news === undefined || isAnswerToForm()
    ? undefined
    : new Map(Object.entries({ ...anywhere, ...sentences })).get(news);
}
