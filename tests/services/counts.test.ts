// Counts kept in rows are what a recount gives, whatever was done in whatever order (R88).
import fc from "fast-check";
import { expect, it } from "vitest";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { postComment } from "@/lib/services/post-comment";
import {
  anArticle,
  aVisitor,
  by,
  refusalOf,
  type TestArticle,
  wish,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const links = "[a](https://a.example) [b](https://b.example) [c](https://c.example)";

/** What one of three visitors does next; `nth` picks among the comments there are. */
const doing = fc.record({
  verb: fc.constantFrom("post", "post", "post", "reply", "reply", "reply", "edit", "hold", "delete", "delete"),
  who: fc.nat({ max: 2 }),
  nth: fc.nat({ max: 40 }),
  held: fc.boolean(),
});

it("in any order of posts, replies, edits and deletions", async () => {
  const visitors = await Promise.all([1, 2, 3].map(async () => aVisitor(await anArticle())));
  let texts = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(doing, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 12 }),
      async (rounds) => {
        const article = await anArticle();
        const ids: string[] = [];
        for (const round of rounds) {
          // What is done in one round is done at once.
          await Promise.all(
            round.map(async ({ verb, who, nth, held }) => {
              const ctx = by(visitors[who]);
              const id = ids[nth % Math.max(1, ids.length)];
              texts++;
              const body = held ? `${texts} ${links}` : `Text ${texts}.`;
              if (verb === "post" || verb === "reply" || id === undefined) {
                const parentId = verb === "reply" ? (id ?? null) : null;
                const outcome = postComment(ctx, wish(article, { body, parentId }));
                if ((await refusalOf(outcome)) === "done") ids.push((await outcome).id);
              } else if (verb === "delete") await refusalOf(deleteComment(ctx, { id }));
              else if (verb === "edit") await refusalOf(editComment(ctx, { id, body }));
              // As a moderator would, once there is a service for it: what was seen keeps its place.
              else await db.sql(holdAsModerator, [id, article.threadId]);
            }),
          );
          expect(await miscounts(db)).toEqual([]);
          expect(await placesOf(article)).toEqual([]);
        }
      },
    ),
    // The seed is printed with the counterexample; a fixed one keeps every run the same.
    { numRuns: 12, seed: 20261123 },
  );
});

const holdAsModerator = `
  WITH held AS (UPDATE comments SET status = 'PENDING' WHERE id = $1 AND status = 'PUBLISHED' RETURNING id)
  UPDATE threads SET comment_count = comment_count - (SELECT count(*) FROM held) WHERE id = $2`;

/** Replies that stand before their parents, hang on another root than their parents do, or have another depth than one more. */
const placesOf = ({ threadId }: TestArticle) =>
  db.sql(
    `SELECT c.id FROM comments c JOIN comments p ON p.id = c.parent_id
     WHERE c.thread_id = $1
       AND (c.place <= p.place OR c.root_id <> coalesce(p.root_id, p.id) OR c.depth <> p.depth + 1)`,
    [threadId],
  );
