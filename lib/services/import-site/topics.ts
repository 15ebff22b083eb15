// Categories and tags become topics; one that has both is one topic.
import { shortened } from "@/lib/domain/imported-post";
import { limits } from "@/lib/domain/limits";
import type { Session } from "@/lib/services/import-site/session";
import { sha256 } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { ensureTopic } from "@/lib/store/publishing";
import { htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { hasVisibleContent, normalizeName } from "@/lib/text/normalize";
import { slugify } from "@/lib/text/slug";
import type { WxrItem } from "@/lib/text/wxr";

/** What WordPress files under when nobody chose: it says nothing. */
const unfiled = "uncategorized";

/** The ids of the topics of an item, written when first needed. Empty on a dry run. */
export async function topicsOf(session: Session, item: WxrItem): Promise<number[]> {
  const ids: number[] = [];
  for (const term of item.terms) {
    if (term.taxonomy !== "category" && term.taxonomy !== "post_tag") continue;
    const name = normalizeName(htmlToName(term.name));
    if (!hasVisibleContent(name) || term.slug === unfiled) continue;
    const slug =
      slugify(decoded(term.slug), limits.slug) ||
      slugify(name, limits.slug) ||
      `topic-${sha256(name).toString("hex").slice(0, 8)}`;
    const known = session.topics.get(slug);
    if (known !== undefined) ids.push(known);
    else ids.push(await ensure(session, { slug, name, term: `${term.taxonomy} ${term.slug}` }));
  }
  return ids;
}

async function ensure(session: Session, topic: { slug: string; name: string; term: string }): Promise<number> {
  const description = shortened(
    normalizeName(htmlToText(session.topicDescriptions.get(topic.term) ?? "")),
    limits.summary,
  );
  const wish = { slug: topic.slug, name: shortened(topic.name, limits.topicName), description };
  const { id } = session.dryRun ? { id: 0 } : await ensureTopic(database(), session.permit, wish);
  session.topics.set(topic.slug, id);
  session.report.counts.topics += 1;
  return id;
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
