// What changed from one published text of an article to another, rendered or, with `?view=source`, in the source.
import "@/app/revisions.css";
import { permanentRedirect, redirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { ComparePage } from "@/components/article/compare-page";
import { DomainError } from "@/lib/domain/errors";
import { revisionNumberIn } from "@/lib/domain/revision";
import { compareRevisions } from "@/lib/services/compare-revisions";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string; before: string; now: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const compare = cache((slug: string, before: number, now: number, view: "rendered" | "source") =>
  compareRevisions(publicContext(), { slug, before, now, view }),
);

/** @throws DomainError `not_found` for numbers that are none */
async function asked({ params, searchParams }: Props) {
  const [{ slug, ...written }, query] = await Promise.all([params, searchParams]);
  const [before, now] = [revisionNumberIn(written.before), revisionNumberIn(written.now)];
  if (before === undefined || now === undefined) throw new DomainError("not_found");
  return { slug, before, now, view: query.view === "source" ? ("source" as const) : ("rendered" as const) };
}

export async function generateMetadata(props: Props) {
  return metadataOrNone(async () => {
    const { slug, before, now, view } = await asked(props);
    const found = await compare(slug, before, now, view);
    if ("moved" in found) return {};
    return metadataFor(publicContext(), {
      title: `What changed: ${found.now.title}`,
      path: `/articles/${found.slug}/compare/${before}/${now}`,
      unlisted: true,
    });
  });
}

export default page(async (props: Props) => {
  const { slug, before, now, view } = await asked(props);
  const query = view === "source" ? "?view=source" : "";
  // One address for each pair: the older one first.
  if (before > now) permanentRedirect(`/articles/${slug}/compare/${now}/${before}${query}`);
  if (before === now) redirect(`/articles/${slug}/revisions/${now}`);
  const found = await compare(slug, before, now, view);
  if ("moved" in found) permanentRedirect(`/articles/${found.moved}/compare/${before}/${now}${query}`);
  // What there was no time to compare is asked for again.
  if (!("passing" in found.text && found.text.passing)) storable([keys.article(found.articleId)], ["view"]);
  return <ComparePage comparison={found} />;
});
