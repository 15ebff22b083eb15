// Looking for words in articles and discussions. Never stored: there are as many pages as there are words, and each search is counted.
import "@/app/lists.css";
import { page } from "@/app/outcome";
import { SearchPage } from "@/components/search/search-page";
import { isDomainError } from "@/lib/domain/errors";
import { type SearchQuery, searchQuery } from "@/lib/domain/search";
import { search } from "@/lib/services/search";
import { waitSentence } from "@/lib/ui/labels";
import { contextOf } from "@/lib/web/request";
import { answerStatus, personal, sayWhenAgain } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ searchParams }: Props) {
  const { q } = searchQuery.parse(await searchParams);
  return { title: q ? `Search: ${q}` : "Search", robots: { index: q === "", follow: true } };
}

/** What was found, or why nothing could be looked for; the question stays in its box either way. */
async function answer(asked: SearchQuery): Promise<Omit<Parameters<typeof SearchPage>[0], "asked">> {
  if (asked.q === "") return {};
  try {
    return { result: await search(await contextOf(), asked) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { code, details } = error;
    if (code === "rate_limited") {
      answerStatus(429);
      sayWhenAgain(details.retryAfter);
      return { trouble: waitSentence(details.retryAfter ?? 1, details.reason) };
    }
    if (code !== "unavailable") throw error;
    answerStatus(503);
    sayWhenAgain(details.retryAfter);
    return { trouble: "This could not be looked up in time. Please try rarer words, or the same again in a minute." };
  }
}

export default page(async ({ searchParams }: Props) => {
  const asked = searchQuery.parse(await searchParams);
  const found = await answer(asked);
  personal();
  return <SearchPage asked={asked} {...found} />;
});
