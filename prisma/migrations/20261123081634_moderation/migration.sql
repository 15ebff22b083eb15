-- CreateEnum
CREATE TYPE "discussion_mode" AS ENUM ('OPEN', 'HOLD_FIRST', 'HOLD_LINKS', 'HOLD_ALL', 'CLOSED');

-- CreateEnum
CREATE TYPE "appeal_state" AS ENUM ('OPEN', 'GRANTED', 'DENIED');

-- CreateEnum
CREATE TYPE "sanction_kind" AS ENUM ('NOTE', 'WARN', 'MUTE', 'PREMODERATE', 'BAN');

-- CreateEnum
CREATE TYPE "rule_kind" AS ENUM ('WORDS', 'LINK', 'PATTERN');

-- CreateEnum
CREATE TYPE "rule_effect" AS ENUM ('HOLD', 'REJECT');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "moderation_kind" ADD VALUE 'DISMISS_REPORTS';
ALTER TYPE "moderation_kind" ADD VALUE 'GRANT_APPEAL';
ALTER TYPE "moderation_kind" ADD VALUE 'DENY_APPEAL';
ALTER TYPE "moderation_kind" ADD VALUE 'NOTE';
ALTER TYPE "moderation_kind" ADD VALUE 'WARN';
ALTER TYPE "moderation_kind" ADD VALUE 'MUTE';
ALTER TYPE "moderation_kind" ADD VALUE 'PREMODERATE';
ALTER TYPE "moderation_kind" ADD VALUE 'BAN';
ALTER TYPE "moderation_kind" ADD VALUE 'LIFT';
ALTER TYPE "moderation_kind" ADD VALUE 'PIN';
ALTER TYPE "moderation_kind" ADD VALUE 'UNPIN';
ALTER TYPE "moderation_kind" ADD VALUE 'MOVE';
ALTER TYPE "moderation_kind" ADD VALUE 'SET_THREAD';
ALTER TYPE "moderation_kind" ADD VALUE 'SET_RULE';
ALTER TYPE "moderation_kind" ADD VALUE 'SET_SITE';

-- AlterTable
ALTER TABLE "comments" ADD COLUMN     "held_reason" TEXT,
ADD COLUMN     "pinned_at" TIMESTAMPTZ(3),
ADD COLUMN     "report_weight" REAL NOT NULL DEFAULT 0,
ADD COLUMN     "spam_score" REAL,
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "reports" ADD COLUMN     "weight" REAL NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "threads" ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "mode" "discussion_mode",
ADD COLUMN     "slow_seconds" INTEGER;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "moderator_name" TEXT;

-- CreateTable
CREATE TABLE "appeals" (
    "id" SERIAL NOT NULL,
    "comment_id" BIGINT NOT NULL,
    "action_id" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "state" "appeal_state" NOT NULL DEFAULT 'OPEN',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by_id" INTEGER,
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "appeals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sanctions" (
    "id" SERIAL NOT NULL,
    "kind" "sanction_kind" NOT NULL,
    "user_id" INTEGER,
    "visitor_id" INTEGER,
    "network_key" BYTEA,
    "reason" TEXT NOT NULL,
    "comment_id" BIGINT,
    "actor_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),
    "lifted_at" TIMESTAMPTZ(3),
    "lifted_by_id" INTEGER,

    CONSTRAINT "sanctions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_claims" (
    "comment_id" BIGINT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "queue_claims_pkey" PRIMARY KEY ("comment_id")
);

-- CreateTable
CREATE TABLE "screening_rules" (
    "id" SERIAL NOT NULL,
    "kind" "rule_kind" NOT NULL,
    "pattern" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT '',
    "effect" "rule_effect" NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),
    "tamed_at" TIMESTAMPTZ(3),

    CONSTRAINT "screening_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_hits" (
    "rule_id" INTEGER NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "hits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rule_hits_pkey" PRIMARY KEY ("rule_id","hour")
);

-- CreateTable
CREATE TABLE "screened_hours" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "comments" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "screened_hours_pkey" PRIMARY KEY ("hour")
);

-- CreateTable
CREATE TABLE "spam_tokens" (
    "token" TEXT NOT NULL,
    "spam" INTEGER NOT NULL DEFAULT 0,
    "ham" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "spam_tokens_pkey" PRIMARY KEY ("token")
);

-- CreateIndex
CREATE INDEX "appeals_comment_id_idx" ON "appeals"("comment_id");

-- CreateIndex
CREATE INDEX "appeals_decided_by_id_idx" ON "appeals"("decided_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "appeals_action_id_key" ON "appeals"("action_id");

-- CreateIndex
CREATE INDEX "sanctions_user_id_idx" ON "sanctions"("user_id");

-- CreateIndex
CREATE INDEX "sanctions_visitor_id_idx" ON "sanctions"("visitor_id");

-- CreateIndex
CREATE INDEX "sanctions_network_key_idx" ON "sanctions"("network_key");

-- CreateIndex
CREATE INDEX "sanctions_comment_id_idx" ON "sanctions"("comment_id");

-- CreateIndex
CREATE INDEX "sanctions_actor_id_idx" ON "sanctions"("actor_id");

-- CreateIndex
CREATE INDEX "sanctions_lifted_by_id_idx" ON "sanctions"("lifted_by_id");

-- CreateIndex
CREATE INDEX "queue_claims_user_id_idx" ON "queue_claims"("user_id");

-- CreateIndex
CREATE INDEX "screening_rules_created_by_id_idx" ON "screening_rules"("created_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_moderator_name_key" ON "users"("moderator_name");

-- AddForeignKey
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "moderation_actions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_visitor_id_fkey" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions" ADD CONSTRAINT "sanctions_lifted_by_id_fkey" FOREIGN KEY ("lifted_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_claims" ADD CONSTRAINT "queue_claims_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_claims" ADD CONSTRAINT "queue_claims_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "screening_rules" ADD CONSTRAINT "screening_rules_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_hits" ADD CONSTRAINT "rule_hits_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "screening_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express.
ALTER TABLE "threads"
  ADD CONSTRAINT "threads_slow_seconds_check" CHECK ("slow_seconds" BETWEEN 1 AND 86400);
ALTER TABLE "comments"
  ADD CONSTRAINT "comments_spam_score_check" CHECK ("spam_score" BETWEEN 0 AND 1),
  ADD CONSTRAINT "comments_report_weight_check" CHECK ("report_weight" >= 0);
ALTER TABLE "appeals"
  ADD CONSTRAINT "appeals_body_check" CHECK (char_length("body") BETWEEN 1 AND 5000),
  ADD CONSTRAINT "appeals_answer_check" CHECK (char_length("answer") <= 1000),
  ADD CONSTRAINT "appeals_decided_check" CHECK (("state" = 'OPEN') = ("decided_at" IS NULL));
ALTER TABLE "sanctions"
  ADD CONSTRAINT "sanctions_who_check" CHECK (num_nonnulls("user_id", "visitor_id", "network_key") = 1),
  ADD CONSTRAINT "sanctions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "sanctions_ends_check" CHECK ("ends_at" IS NOT NULL OR ("kind" <> 'BAN' AND "network_key" IS NULL)),
  ADD CONSTRAINT "sanctions_acknowledged_check" CHECK ("acknowledged_at" IS NULL OR "kind" = 'WARN'),
  ADD CONSTRAINT "sanctions_lifted_check" CHECK ("lifted_at" IS NOT NULL OR "lifted_by_id" IS NULL);
ALTER TABLE "screening_rules"
  ADD CONSTRAINT "screening_rules_pattern_check" CHECK (char_length("pattern") BETWEEN 1 AND 10000),
  ADD CONSTRAINT "screening_rules_note_check" CHECK (char_length("note") <= 1000);
ALTER TABLE "spam_tokens"
  ADD CONSTRAINT "spam_tokens_counts_check" CHECK ("spam" >= 0 AND "ham" >= 0);
ALTER TABLE "users"
  ADD CONSTRAINT "users_moderator_name_check" CHECK (char_length("moderator_name") BETWEEN 1 AND 60);

-- Lines about the site, its rules or a network have no other target.
ALTER TABLE "moderation_actions" DROP CONSTRAINT "moderation_actions_target_check";
ALTER TABLE "moderation_actions"
  ADD CONSTRAINT "moderation_actions_target_check" CHECK (
    num_nonnulls("comment_id", "article_id", "user_id", "visitor_id") = 1 OR
    (num_nonnulls("comment_id", "article_id", "user_id", "visitor_id") = 0 AND "kind"::text IN ('SET_SITE', 'SET_RULE', 'BAN', 'LIFT')));

-- What waits is known by the row itself, whoever writes it.
CREATE FUNCTION "note_waiting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'PENDING' OR NEW.pending_body IS NOT NULL OR (NEW.status = 'PUBLISHED' AND NEW.report_weight > 0) THEN
    NEW.waiting_since := coalesce(NEW.waiting_since, clock_timestamp());
  ELSE
    NEW.waiting_since := NULL;
  END IF;
  RETURN NEW;
END $$;
UPDATE "comments" c SET report_weight = open.weight
FROM (SELECT comment_id, count(*) AS weight FROM "reports" WHERE state = 'OPEN' GROUP BY comment_id) open
WHERE open.comment_id = c.id AND c.status = 'PUBLISHED';
UPDATE "comments" SET waiting_since = coalesce(decided_at, created_at)
WHERE status = 'PENDING' OR pending_body IS NOT NULL OR (status = 'PUBLISHED' AND report_weight > 0);
UPDATE "comments" c SET held_reason = (
  SELECT a.reason FROM "moderation_actions" a WHERE a.comment_id = c.id AND a.kind = 'HOLD' ORDER BY a.id DESC LIMIT 1)
WHERE waiting_since IS NOT NULL;
CREATE TRIGGER "comments_note_waiting" BEFORE INSERT OR UPDATE OF "status", "pending_body", "report_weight", "waiting_since" ON "comments"
  FOR EACH ROW EXECUTE FUNCTION "note_waiting"();

-- The queue, oldest first, and what is put aside as spam.
DROP INDEX "comments_queue_idx";
CREATE INDEX "comments_waiting_idx" ON "comments" ("waiting_since", "id") WHERE "waiting_since" IS NOT NULL;
CREATE INDEX "comments_spam_idx" ON "comments" ("id") WHERE "status" = 'SPAM';
CREATE INDEX "comments_pinned_idx" ON "comments" ("thread_id", "pinned_at") WHERE "pinned_at" IS NOT NULL;
CREATE INDEX "appeals_open_idx" ON "appeals" ("created_at", "id") WHERE "state" = 'OPEN';
CREATE INDEX "screening_rules_live_idx" ON "screening_rules" ("id") WHERE "retired_at" IS NULL;

CREATE TRIGGER "sanctions_keep" BEFORE DELETE ON "sanctions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "appeals_keep" BEFORE DELETE ON "appeals"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "screening_rules_keep" BEFORE DELETE ON "screening_rules"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- Who has an item before them may be forgotten in a crash.
ALTER TABLE "queue_claims" SET UNLOGGED;
