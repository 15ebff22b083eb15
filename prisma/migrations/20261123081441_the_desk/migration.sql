-- CreateEnum
CREATE TYPE "editorial_kind" AS ENUM ('START', 'REVISE', 'SUBMIT', 'REQUEST_CHANGES', 'SCHEDULE', 'PUBLISH', 'WITHDRAW', 'UNPUBLISH', 'REVERT', 'SET_CREDITS', 'SET_WRITERS', 'SHARE', 'UNSHARE');

-- CreateEnum
CREATE TYPE "share_right" AS ENUM ('READ', 'COMMENT');

-- AlterTable
ALTER TABLE "articles" ADD COLUMN     "credits_set" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "files" ADD COLUMN     "widths" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "revisions" ADD COLUMN     "attribution" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "save_number" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "saved_at" TIMESTAMPTZ(3),
ADD COLUMN     "slug" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "topics" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "revision_writers" (
    "revision_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "revision_writers_pkey" PRIMARY KEY ("revision_id","user_id")
);

-- CreateTable
CREATE TABLE "draft_saves" (
    "revision_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "saved_by_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_saves_pkey" PRIMARY KEY ("revision_id","number")
);

-- CreateTable
CREATE TABLE "draft_notes" (
    "id" SERIAL NOT NULL,
    "revision_id" INTEGER NOT NULL,
    "line" INTEGER,
    "quote" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "author_id" INTEGER,
    "guest_name" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" INTEGER,

    CONSTRAINT "draft_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft_presences" (
    "revision_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_presences_pkey" PRIMARY KEY ("revision_id","user_id")
);

-- CreateTable
CREATE TABLE "draft_shares" (
    "id" SERIAL NOT NULL,
    "revision_id" INTEGER NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "right" "share_right" NOT NULL,
    "created_by_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_shares_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "editorial_actions" (
    "id" SERIAL NOT NULL,
    "kind" "editorial_kind" NOT NULL,
    "article_id" INTEGER NOT NULL,
    "revision_id" INTEGER,
    "actor_id" INTEGER,
    "from_state" "revision_state",
    "to_state" "revision_state",
    "reason" TEXT NOT NULL DEFAULT '',
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "editorial_actions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "revision_writers_user_id_idx" ON "revision_writers"("user_id");

-- CreateIndex
CREATE INDEX "draft_saves_saved_by_id_idx" ON "draft_saves"("saved_by_id");

-- CreateIndex
CREATE INDEX "draft_notes_revision_id_id_idx" ON "draft_notes"("revision_id", "id");

-- CreateIndex
CREATE INDEX "draft_notes_author_id_idx" ON "draft_notes"("author_id");

-- CreateIndex
CREATE INDEX "draft_notes_resolved_by_id_idx" ON "draft_notes"("resolved_by_id");

-- CreateIndex
CREATE INDEX "draft_presences_user_id_idx" ON "draft_presences"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_shares_token_hash_key" ON "draft_shares"("token_hash");

-- CreateIndex
CREATE INDEX "draft_shares_revision_id_idx" ON "draft_shares"("revision_id");

-- CreateIndex
CREATE INDEX "draft_shares_created_by_id_idx" ON "draft_shares"("created_by_id");

-- CreateIndex
CREATE INDEX "editorial_actions_article_id_id_idx" ON "editorial_actions"("article_id", "id");

-- CreateIndex
CREATE INDEX "editorial_actions_revision_id_idx" ON "editorial_actions"("revision_id");

-- CreateIndex
CREATE INDEX "editorial_actions_actor_id_idx" ON "editorial_actions"("actor_id");

-- AddForeignKey
ALTER TABLE "revision_writers" ADD CONSTRAINT "revision_writers_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_writers" ADD CONSTRAINT "revision_writers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_saves" ADD CONSTRAINT "draft_saves_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_saves" ADD CONSTRAINT "draft_saves_saved_by_id_fkey" FOREIGN KEY ("saved_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_notes" ADD CONSTRAINT "draft_notes_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_notes" ADD CONSTRAINT "draft_notes_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_notes" ADD CONSTRAINT "draft_notes_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_presences" ADD CONSTRAINT "draft_presences_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_presences" ADD CONSTRAINT "draft_presences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_shares" ADD CONSTRAINT "draft_shares_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft_shares" ADD CONSTRAINT "draft_shares_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editorial_actions" ADD CONSTRAINT "editorial_actions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editorial_actions" ADD CONSTRAINT "editorial_actions_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editorial_actions" ADD CONSTRAINT "editorial_actions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express.
ALTER TABLE "revisions"
  ADD CONSTRAINT "revisions_slug_check" CHECK ("slug" = '' OR ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80)),
  ADD CONSTRAINT "revisions_topics_check" CHECK (cardinality("topics") <= 10),
  ADD CONSTRAINT "revisions_save_number_check" CHECK ("save_number" >= 0);
ALTER TABLE "draft_saves"
  ADD CONSTRAINT "draft_saves_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "draft_saves_body_check" CHECK (char_length("body") <= 100000);
ALTER TABLE "draft_notes"
  ADD CONSTRAINT "draft_notes_line_check" CHECK ("line" >= 1),
  ADD CONSTRAINT "draft_notes_quote_check" CHECK (char_length("quote") <= 500),
  ADD CONSTRAINT "draft_notes_body_check" CHECK (char_length("body") BETWEEN 1 AND 5000),
  ADD CONSTRAINT "draft_notes_who_check" CHECK (num_nonnulls("author_id", "guest_name") = 1 AND char_length("guest_name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "draft_notes_resolved_check" CHECK (("resolved_at" IS NULL) = ("resolved_by_id" IS NULL));
ALTER TABLE "editorial_actions"
  ADD CONSTRAINT "editorial_actions_reason_check" CHECK (char_length("reason") <= 1000);

-- Who is here just now may be forgotten in a crash.
ALTER TABLE "draft_presences" SET UNLOGGED;

-- What is due, and what waits for a reviewer, are asked for often and are few.
CREATE INDEX "revisions_scheduled_idx" ON "revisions" ("scheduled_for") WHERE "state" = 'SCHEDULED';
CREATE INDEX "revisions_in_review_idx" ON "revisions" ("submitted_at", "id") WHERE "state" = 'IN_REVIEW';

CREATE TRIGGER "editorial_actions_append_only" BEFORE UPDATE OR DELETE ON "editorial_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "editorial_actions_keep" BEFORE TRUNCATE ON "editorial_actions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What was submitted with a text is frozen with it.
DROP TRIGGER "revisions_immutable" ON "revisions";
CREATE TRIGGER "revisions_immutable" BEFORE UPDATE ON "revisions"
  FOR EACH ROW
  WHEN (OLD."state" NOT IN ('DRAFT', 'CHANGES_REQUESTED') AND
        (OLD."title", OLD."summary", OLD."body", OLD."slug", OLD."topics", OLD."copyright_holder", OLD."licence",
         OLD."number", OLD."article_id", OLD."author_id")
        IS DISTINCT FROM
        (NEW."title", NEW."summary", NEW."body", NEW."slug", NEW."topics", NEW."copyright_holder", NEW."licence",
         NEW."number", NEW."article_id", NEW."author_id"))
  EXECUTE FUNCTION "refuse_rewriting"();
