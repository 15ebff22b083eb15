// One comment with what it answers and what answers it; also the way to reply, edit, delete and report without a script.
import "@/app/comment-page.css";
import { cache } from "react";
import { z } from "zod";
import {
  appealComment,
  deleteComment,
  editComment,
  moveComment,
  pinComment,
  postReply,
  reportComment,
} from "@/app/(documents)/comments/[id]/actions";
import { metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { DeleteForm, EditForm, ReportForm } from "@/components/discussion/comment-forms";
import { CommentPage } from "@/components/discussion/comment-page";
import { Composer } from "@/components/discussion/composer";
import { CommentTools } from "@/components/moderation/comment-tools";
import { OwnRemoval } from "@/components/moderation/own-removal";
import { commentIdSchema } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import { readComment } from "@/lib/services/read-comment";
import { formStateOf } from "@/lib/web/form-state";
import { contextOf } from "@/lib/web/request";
import { personal } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** No thread has a place beyond this; more digits are nonsense. */
const placeDigits = 9;

const query = z.object({
  after: z
    .string()
    .regex(new RegExp(`^\\d{1,${placeDigits}}$`))
    .transform(Number)
    .optional()
    .catch(undefined),
  reported: z.literal("1").optional().catch(undefined),
});

const read = cache(async (id: string, after: number | undefined) => {
  if (!commentIdSchema.safeParse(id).success) throw new DomainError("not_found");
  return readComment(await contextOf(), { id, after });
});

export async function generateMetadata({ params, searchParams }: Props) {
  const { id } = await params;
  const { after } = query.parse(await searchParams);
  return metadataOrNone(async () => {
    const { subThread } = await read(id, after);
    const { ownOrigin } = await contextOf();
    const { article, node } = subThread;
    return {
      title: `A comment on “${article.title}”`,
      alternates: { canonical: `${ownOrigin}/articles/${article.slug}#c-${node.comment.id}` },
      robots: { index: false, follow: true },
    };
  });
}

export default page(async ({ params, searchParams }: Props) => {
  const { id } = await params;
  const { after, reported } = query.parse(await searchParams);
  const { subThread, may, source, heldReason, history, removal, pinned } = await read(id, after);
  personal();
  const { actor } = await contextOf();
  const member = actor.kind === "member" ? { name: actor.displayName, handle: actor.handle } : undefined;
  const { article, node } = subThread;
  const of = { id, slug: article.slug };
  // A form that was just sent from here is given back with its text, even where it is not open any more.
  const states = {
    reply: formStateOf("reply"),
    edit: formStateOf("edit"),
    delete: formStateOf("delete"),
    report: formStateOf("report"),
  };
  const parent = { id, name: node.comment.author.name };
  return (
    <CommentPage subThread={subThread} heldReason={heldReason} history={history} thanks={reported !== undefined}>
      {(may.reply || states.reply) && (
        <Composer slug={article.slug} parent={parent} action={postReply} state={states.reply} member={member} />
      )}
      {((may.edit && source !== null) || states.edit) && (
        <EditForm {...of} source={source ?? ""} action={editComment} state={states.edit} />
      )}
      {(may.delete || states.delete) && <DeleteForm {...of} action={deleteComment} state={states.delete} />}
      {removal && <OwnRemoval id={id} removal={removal} action={appealComment} state={formStateOf("appeal")} />}
      {(may.report || states.report) && <ReportForm {...of} action={reportComment} state={states.report} />}
      {may.moderate && (
        <CommentTools
          comment={node.comment}
          slug={article.slug}
          pinned={pinned}
          pin={pinComment}
          move={moveComment}
          state={formStateOf("tools")}
        />
      )}
    </CommentPage>
  );
});
