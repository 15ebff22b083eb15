// Drafts: one's own or, for editors, everybody's; and the ways to a new one.
import { z } from "zod";
import { startArticle } from "@/app/(personal)/desk/drafts/actions";
import { onlyMembers } from "@/app/only-members";
import { page } from "@/app/outcome";
import { newsOf, type SearchParams } from "@/app/settings-query";
import { DeskPage } from "@/components/desk/desk-page";
import { DraftList } from "@/components/desk/draft-list";
import { FindArticle, StartForm } from "@/components/desk/start-form";
import { Older } from "@/components/ui/older";
import { limits } from "@/lib/domain/limits";
import { can } from "@/lib/domain/permissions";
import { readDrafts } from "@/lib/services/read-desk";
import { formStateOf } from "@/lib/web/form-state";

export const metadata = { title: "Drafts" };

const news = { withdrawn: "Withdrawn. Its text is kept, and can be taken up again." };

const query = z.object({
  whose: z.enum(["mine", "all"]).catch("mine"),
  page: z.coerce.number().int().min(1).max(limits.pageNumber).catch(1),
  find: z.string().max(limits.searchQuery).catch(""),
});

export default page(async ({ searchParams }: { searchParams: SearchParams }) => {
  const wish = query.parse(await searchParams);
  const ctx = await onlyMembers(wish.whose === "all" ? "/desk/drafts?whose=all" : "/desk/drafts");
  const view = await readDrafts(ctx, { all: wish.whose === "all", page: wish.page, find: wish.find });
  const all = view.mayReadAll && wish.whose === "all";
  return (
    <DeskPage actor={ctx.actor} title="Drafts" path="/desk/drafts" news={await newsOf(searchParams, news)}>
      {view.mayReadAll && (
        <nav className="choose" aria-label="Whose drafts">
          <a href="/desk/drafts" aria-current={all ? undefined : "page"}>
            Yours
          </a>
          <a href="/desk/drafts?whose=all" aria-current={all ? "page" : undefined}>
            Everybody’s
          </a>
        </nav>
      )}
      <section aria-label={all ? "Everybody’s drafts" : "Your drafts"}>
        {view.drafts.length === 0 ? (
          <p className="empty">
            {all ? "Nobody is writing anything just now." : "You are not writing anything just now."}
          </p>
        ) : (
          <DraftList drafts={view.drafts} />
        )}
        {view.next !== null && (
          <Older href={`/desk/drafts?${all ? "whose=all&" : ""}page=${view.next}`} label="Older drafts" />
        )}
      </section>
      {view.mayStart && <StartForm action={startArticle} state={formStateOf("start")} />}
      <FindArticle find={wish.find} found={view.found} mayManage={can(ctx.actor, "article.manage")} />
    </DeskPage>
  );
});
