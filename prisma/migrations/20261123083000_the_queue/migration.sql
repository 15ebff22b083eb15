-- An edit that waits is judged by itself.
ALTER TYPE "moderation_kind" ADD VALUE 'APPROVE_EDIT';
ALTER TYPE "moderation_kind" ADD VALUE 'DECLINE_EDIT';

-- What Prisma cannot express.
-- One index for each tab of the queue, oldest first: what one tab holds costs the other nothing.
CREATE INDEX "comments_held_idx" ON "comments" ("waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL AND ("status" = 'PENDING' OR "pending_body" IS NOT NULL);
CREATE INDEX "comments_reported_idx" ON "comments" ("waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL AND "status" = 'PUBLISHED' AND "report_weight" > 0;
-- What a moderator decided lately, to take it back.
CREATE INDEX "moderation_actions_own_idx" ON "moderation_actions" ("actor_id", "id")
  WHERE "comment_id" IS NOT NULL AND NOT "reversal";
