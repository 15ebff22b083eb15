-- The whole domain of the first issues. Tables first, as Prisma's schema has them; what Prisma cannot say follows below.

-- CreateEnum
CREATE TYPE "revision_state" AS ENUM ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'SCHEDULED', 'PUBLISHED', 'SUPERSEDED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "revision_class" AS ENUM ('TYPO', 'CLARIFICATION', 'UPDATE', 'CORRECTION');

-- CreateEnum
CREATE TYPE "credit_kind" AS ENUM ('WRITTEN', 'EDITED', 'SUGGESTED');

-- CreateEnum
CREATE TYPE "thread_state" AS ENUM ('OPEN', 'LOCKED');

-- CreateEnum
CREATE TYPE "comment_status" AS ENUM ('PUBLISHED', 'PENDING', 'SPAM', 'REMOVED', 'DELETED');

-- CreateEnum
CREATE TYPE "report_reason" AS ENUM ('SPAM', 'ABUSE', 'OFF_TOPIC', 'PRIVATE_INFORMATION', 'ILLEGAL', 'OTHER');

-- CreateEnum
CREATE TYPE "report_state" AS ENUM ('OPEN', 'UPHELD', 'DISMISSED');

-- CreateEnum
CREATE TYPE "moderation_kind" AS ENUM ('APPROVE', 'HOLD', 'MARK_SPAM', 'REMOVE', 'RESTORE', 'LOCK', 'UNLOCK');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('AUTHOR', 'EDITOR', 'MODERATOR', 'ADMIN');

-- CreateTable
CREATE TABLE "articles" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "published_revision_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_published_at" TIMESTAMPTZ(3),
    "last_modified_at" TIMESTAMPTZ(3),

    CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slug_redirects" (
    "slug" TEXT NOT NULL,
    "article_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slug_redirects_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "revisions" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "revision_state" NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "headings" JSONB NOT NULL DEFAULT '[]',
    "renderer_version" INTEGER NOT NULL,
    "words" INTEGER NOT NULL DEFAULT 0,
    "copyright_holder" TEXT NOT NULL DEFAULT '',
    "licence" TEXT NOT NULL DEFAULT '',
    "class" "revision_class",
    "note" TEXT NOT NULL DEFAULT '',
    "author_id" INTEGER,
    "decided_by_id" INTEGER,
    "based_on_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "scheduled_for" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "revisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credits" (
    "article_id" INTEGER NOT NULL,
    "kind" "credit_kind" NOT NULL,
    "position" INTEGER NOT NULL,
    "user_id" INTEGER,
    "name" TEXT,

    CONSTRAINT "credits_pkey" PRIMARY KEY ("article_id","kind","position")
);

-- CreateTable
CREATE TABLE "topics" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "article_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "topics_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article_topics" (
    "article_id" INTEGER NOT NULL,
    "topic_id" INTEGER NOT NULL,
    "listed_at" TIMESTAMPTZ(3),

    CONSTRAINT "article_topics_pkey" PRIMARY KEY ("article_id","topic_id")
);

-- CreateTable
CREATE TABLE "pingbacks" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pingbacks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "threads" (
    "id" SERIAL NOT NULL,
    "article_id" INTEGER NOT NULL,
    "state" "thread_state" NOT NULL DEFAULT 'OPEN',
    "comment_count" INTEGER NOT NULL DEFAULT 0,
    "root_places" INTEGER NOT NULL DEFAULT 0,
    "places" INTEGER NOT NULL DEFAULT 0,
    "last_comment_at" TIMESTAMPTZ(3),

    CONSTRAINT "threads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" BIGSERIAL NOT NULL,
    "thread_id" INTEGER NOT NULL,
    "parent_id" BIGINT,
    "root_id" BIGINT,
    "depth" INTEGER NOT NULL DEFAULT 0,
    "place" INTEGER,
    "root_place" INTEGER,
    "status" "comment_status" NOT NULL,
    "user_id" INTEGER,
    "visitor_id" INTEGER,
    "author_name" TEXT NOT NULL,
    "name_chosen" BOOLEAN NOT NULL DEFAULT false,
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "renderer_version" INTEGER NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "removal_reason" TEXT,
    "pending_body" TEXT,
    "pending_html" TEXT,
    "reply_count" INTEGER NOT NULL DEFAULT 0,
    "article_revision_id" INTEGER,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment_revisions" (
    "comment_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "public" BOOLEAN NOT NULL,

    CONSTRAINT "comment_revisions_pkey" PRIMARY KEY ("comment_id","number")
);

-- CreateTable
CREATE TABLE "reports" (
    "id" SERIAL NOT NULL,
    "comment_id" BIGINT NOT NULL,
    "comment_revision" INTEGER NOT NULL,
    "reason" "report_reason" NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" "report_state" NOT NULL DEFAULT 'OPEN',
    "user_id" INTEGER,
    "visitor_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "moderation_actions" (
    "id" SERIAL NOT NULL,
    "kind" "moderation_kind" NOT NULL,
    "actor_id" INTEGER,
    "comment_id" BIGINT,
    "article_id" INTEGER,
    "user_id" INTEGER,
    "visitor_id" INTEGER,
    "from_status" "comment_status",
    "to_status" "comment_status",
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "reversal" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderation_actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "handle" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "handle_key" TEXT NOT NULL,
    "roles" "role"[],
    "bio" TEXT NOT NULL DEFAULT '',
    "bio_html" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "suspended_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visitors" (
    "id" SERIAL NOT NULL,
    "token_hash" BYTEA,
    "import_key" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_id" INTEGER,

    CONSTRAINT "visitors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pseudonyms" (
    "thread_id" INTEGER NOT NULL,
    "visitor_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "pseudonyms_pkey" PRIMARY KEY ("thread_id","visitor_id")
);

-- CreateTable
CREATE TABLE "settings" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by_id" INTEGER,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "files" (
    "id" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "alt" TEXT NOT NULL DEFAULT '',
    "sha256" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uploaded_by_id" INTEGER,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "key" BYTEA NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "network_salts" (
    "day" DATE NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "network_salts_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "imported_items" (
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "local_id" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "imported_items_pkey" PRIMARY KEY ("source","kind","external_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "articles_slug_key" ON "articles"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "articles_id_published_revision_id_key" ON "articles"("id", "published_revision_id");

-- CreateIndex
CREATE INDEX "slug_redirects_article_id_idx" ON "slug_redirects"("article_id");

-- CreateIndex
CREATE INDEX "revisions_author_id_idx" ON "revisions"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "revisions_article_id_number_key" ON "revisions"("article_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "revisions_article_id_id_key" ON "revisions"("article_id", "id");

-- CreateIndex
CREATE INDEX "credits_user_id_idx" ON "credits"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "topics_slug_key" ON "topics"("slug");

-- CreateIndex
CREATE INDEX "article_topics_topic_id_listed_at_article_id_idx" ON "article_topics"("topic_id", "listed_at" DESC, "article_id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "pingbacks_article_id_url_key" ON "pingbacks"("article_id", "url");

-- CreateIndex
CREATE UNIQUE INDEX "threads_article_id_key" ON "threads"("article_id");

-- CreateIndex
CREATE INDEX "comments_thread_id_root_place_idx" ON "comments"("thread_id", "root_place");

-- CreateIndex
CREATE INDEX "comments_root_id_place_idx" ON "comments"("root_id", "place");

-- CreateIndex
CREATE INDEX "comments_parent_id_place_idx" ON "comments"("parent_id", "place");

-- CreateIndex
CREATE INDEX "comments_user_id_created_at_idx" ON "comments"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "comments_visitor_id_created_at_idx" ON "comments"("visitor_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "comments_thread_id_id_key" ON "comments"("thread_id", "id");

-- CreateIndex
CREATE INDEX "reports_user_id_idx" ON "reports"("user_id");

-- CreateIndex
CREATE INDEX "reports_visitor_id_idx" ON "reports"("visitor_id");

-- CreateIndex
CREATE UNIQUE INDEX "reports_comment_id_user_id_key" ON "reports"("comment_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "reports_comment_id_visitor_id_key" ON "reports"("comment_id", "visitor_id");

-- CreateIndex
CREATE INDEX "moderation_actions_comment_id_idx" ON "moderation_actions"("comment_id");

-- CreateIndex
CREATE INDEX "moderation_actions_created_at_idx" ON "moderation_actions"("created_at");

-- CreateIndex
CREATE INDEX "moderation_actions_actor_id_idx" ON "moderation_actions"("actor_id");

-- CreateIndex
CREATE INDEX "moderation_actions_article_id_idx" ON "moderation_actions"("article_id");

-- CreateIndex
CREATE INDEX "moderation_actions_user_id_idx" ON "moderation_actions"("user_id");

-- CreateIndex
CREATE INDEX "moderation_actions_visitor_id_idx" ON "moderation_actions"("visitor_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_handle_key" ON "users"("handle");

-- CreateIndex
CREATE INDEX "users_name_key_idx" ON "users"("name_key");

-- CreateIndex
CREATE INDEX "users_handle_key_idx" ON "users"("handle_key");

-- CreateIndex
CREATE UNIQUE INDEX "visitors_token_hash_key" ON "visitors"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "visitors_import_key_key" ON "visitors"("import_key");

-- CreateIndex
CREATE INDEX "visitors_user_id_idx" ON "visitors"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "pseudonyms_thread_id_name_key" ON "pseudonyms"("thread_id", "name");

-- CreateIndex
CREATE INDEX "files_sha256_idx" ON "files"("sha256");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- CreateIndex
CREATE INDEX "rate_limits_expires_at_idx" ON "rate_limits"("expires_at");

-- AddForeignKey
ALTER TABLE "articles" ADD CONSTRAINT "articles_id_published_revision_id_fkey" FOREIGN KEY ("id", "published_revision_id") REFERENCES "revisions"("article_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "slug_redirects" ADD CONSTRAINT "slug_redirects_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_based_on_id_fkey" FOREIGN KEY ("based_on_id") REFERENCES "revisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credits" ADD CONSTRAINT "credits_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credits" ADD CONSTRAINT "credits_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_topics" ADD CONSTRAINT "article_topics_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article_topics" ADD CONSTRAINT "article_topics_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pingbacks" ADD CONSTRAINT "pingbacks_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "threads" ADD CONSTRAINT "threads_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_fkey" FOREIGN KEY ("thread_id", "parent_id") REFERENCES "comments"("thread_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_root_fkey" FOREIGN KEY ("thread_id", "root_id") REFERENCES "comments"("thread_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_visitor_id_fkey" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_article_revision_id_fkey" FOREIGN KEY ("article_revision_id") REFERENCES "revisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_revisions" ADD CONSTRAINT "comment_revisions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_visitor_id_fkey" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_actions" ADD CONSTRAINT "moderation_actions_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_actions" ADD CONSTRAINT "moderation_actions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_actions" ADD CONSTRAINT "moderation_actions_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "articles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_actions" ADD CONSTRAINT "moderation_actions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_actions" ADD CONSTRAINT "moderation_actions_visitor_id_fkey" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pseudonyms" ADD CONSTRAINT "pseudonyms_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pseudonyms" ADD CONSTRAINT "pseudonyms_visitor_id_fkey" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settings" ADD CONSTRAINT "settings_updated_by_id_fkey" FOREIGN KEY ("updated_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "files" ADD CONSTRAINT "files_uploaded_by_id_fkey" FOREIGN KEY ("uploaded_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ---------------------------------------------------------------------------------------------------------------------
-- What Prisma cannot say. Lengths are in characters (code points), the same numbers as lib/domain/limits.ts.

ALTER TABLE "users"
  ADD CONSTRAINT "users_handle_check" CHECK ("handle" ~ '^[a-z0-9_]{3,30}$'),
  ADD CONSTRAINT "users_display_name_check" CHECK (char_length("display_name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "users_bio_check" CHECK (char_length("bio") <= 1000);

ALTER TABLE "articles"
  ADD CONSTRAINT "articles_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80),
  ADD CONSTRAINT "articles_published_check" CHECK (
    "published_revision_id" IS NULL OR ("first_published_at" IS NOT NULL AND "last_modified_at" IS NOT NULL));

CREATE INDEX "articles_listed_idx" ON "articles" ("first_published_at" DESC, "id" DESC) WHERE "published_revision_id" IS NOT NULL;

ALTER TABLE "slug_redirects"
  ADD CONSTRAINT "slug_redirects_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80);

ALTER TABLE "revisions"
  ADD CONSTRAINT "revisions_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "revisions_title_check" CHECK (char_length("title") BETWEEN 1 AND 200),
  ADD CONSTRAINT "revisions_summary_check" CHECK (char_length("summary") <= 500),
  ADD CONSTRAINT "revisions_body_check" CHECK (char_length("body") <= 100000),
  ADD CONSTRAINT "revisions_note_check" CHECK (char_length("note") <= 1000),
  ADD CONSTRAINT "revisions_copyright_holder_check" CHECK (char_length("copyright_holder") <= 200),
  ADD CONSTRAINT "revisions_licence_check" CHECK (char_length("licence") <= 200),
  ADD CONSTRAINT "revisions_published_at_check" CHECK ("state" NOT IN ('PUBLISHED', 'SUPERSEDED') OR "published_at" IS NOT NULL),
  ADD CONSTRAINT "revisions_scheduled_for_check" CHECK ("state" <> 'SCHEDULED' OR "scheduled_for" IS NOT NULL);

-- One open revision and one published revision an article, whoever tries twice.
CREATE UNIQUE INDEX "revisions_one_open_idx" ON "revisions" ("article_id")
  WHERE "state" IN ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'SCHEDULED');
CREATE UNIQUE INDEX "revisions_one_published_idx" ON "revisions" ("article_id") WHERE "state" = 'PUBLISHED';

ALTER TABLE "credits"
  ADD CONSTRAINT "credits_who_check" CHECK ("user_id" IS NOT NULL OR char_length("name") BETWEEN 1 AND 200);

ALTER TABLE "topics"
  ADD CONSTRAINT "topics_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80),
  ADD CONSTRAINT "topics_name_check" CHECK (char_length("name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "topics_article_count_check" CHECK ("article_count" >= 0);

ALTER TABLE "threads"
  ADD CONSTRAINT "threads_counts_check" CHECK (
    "comment_count" >= 0 AND "root_places" >= 0 AND "places" >= "root_places" AND "comment_count" <= "places");

CREATE INDEX "threads_lively_idx" ON "threads" ("last_comment_at" DESC, "id" DESC) WHERE "comment_count" > 0;

ALTER TABLE "comments"
  -- Exactly one author: a member or a visitor.
  ADD CONSTRAINT "comments_author_check" CHECK (num_nonnulls("user_id", "visitor_id") = 1),
  ADD CONSTRAINT "comments_author_name_check" CHECK (char_length("author_name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "comments_depth_check" CHECK (
    "depth" BETWEEN 0 AND 1000 AND ("depth" = 0) = ("parent_id" IS NULL) AND ("depth" = 0) = ("root_id" IS NULL)),
  ADD CONSTRAINT "comments_body_check" CHECK (
    CASE WHEN "status" = 'DELETED' THEN "body" = '' AND "html" = '' ELSE char_length("body") BETWEEN 1 AND 10000 END),
  ADD CONSTRAINT "comments_pending_body_check" CHECK (
    char_length("pending_body") BETWEEN 1 AND 10000 AND ("pending_body" IS NULL) = ("pending_html" IS NULL)),
  -- What readers see has a place; what never was seen has none.
  ADD CONSTRAINT "comments_place_check" CHECK ("status" <> 'PUBLISHED' OR "place" IS NOT NULL),
  ADD CONSTRAINT "comments_root_place_check" CHECK (("root_place" IS NOT NULL) = ("place" IS NOT NULL AND "depth" = 0)),
  ADD CONSTRAINT "comments_removal_check" CHECK (("status" = 'REMOVED') = ("removal_reason" IS NOT NULL)),
  ADD CONSTRAINT "comments_revision_check" CHECK ("revision" >= 1),
  ADD CONSTRAINT "comments_reply_count_check" CHECK ("reply_count" >= 0);

CREATE UNIQUE INDEX "comments_one_place_idx" ON "comments" ("thread_id", "place") WHERE "place" IS NOT NULL;
CREATE UNIQUE INDEX "comments_one_root_place_idx" ON "comments" ("thread_id", "root_place") WHERE "root_place" IS NOT NULL;
-- What waits for a moderator, oldest first.
CREATE INDEX "comments_queue_idx" ON "comments" ("status", "id") WHERE "status" IN ('PENDING', 'SPAM') OR "pending_body" IS NOT NULL;

ALTER TABLE "comment_revisions"
  ADD CONSTRAINT "comment_revisions_body_check" CHECK (char_length("body") BETWEEN 1 AND 10000);

ALTER TABLE "reports"
  ADD CONSTRAINT "reports_who_check" CHECK (num_nonnulls("user_id", "visitor_id") = 1),
  ADD CONSTRAINT "reports_note_check" CHECK (char_length("note") <= 1000),
  ADD CONSTRAINT "reports_decided_check" CHECK (("state" = 'OPEN') = ("decided_at" IS NULL));

CREATE INDEX "reports_open_idx" ON "reports" ("comment_id") WHERE "state" = 'OPEN';

ALTER TABLE "moderation_actions"
  ADD CONSTRAINT "moderation_actions_target_check" CHECK (num_nonnulls("comment_id", "article_id", "user_id", "visitor_id") = 1),
  ADD CONSTRAINT "moderation_actions_status_check" CHECK ("comment_id" IS NULL OR ("from_status" IS NOT NULL OR "to_status" IS NOT NULL)),
  ADD CONSTRAINT "moderation_actions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "moderation_actions_note_check" CHECK (char_length("note") <= 1000);

ALTER TABLE "files"
  ADD CONSTRAINT "files_id_check" CHECK ("id" ~ '^[A-Za-z0-9_-]{22}$'),
  ADD CONSTRAINT "files_bytes_check" CHECK ("bytes" > 0);

-- Counts of attempts may be forgotten in a crash; they need not slow every post down.
ALTER TABLE "rate_limits" SET UNLOGGED;

-- History only grows.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: history only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "moderation_actions_append_only" BEFORE UPDATE OR DELETE ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "moderation_actions_keep" BEFORE TRUNCATE ON "moderation_actions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "revisions_keep" BEFORE DELETE ON "revisions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "reports_keep" BEFORE DELETE ON "reports"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A text that was submitted is never rewritten; only what the renderer made of it may be made anew.
CREATE FUNCTION "refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'revision % of article % was submitted and cannot be rewritten', OLD.number, OLD.article_id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "revisions_immutable" BEFORE UPDATE ON "revisions"
  FOR EACH ROW
  WHEN (OLD."state" NOT IN ('DRAFT', 'CHANGES_REQUESTED') AND
        (OLD."title", OLD."summary", OLD."body", OLD."number", OLD."article_id", OLD."author_id")
        IS DISTINCT FROM (NEW."title", NEW."summary", NEW."body", NEW."number", NEW."article_id", NEW."author_id"))
  EXECUTE FUNCTION "refuse_rewriting"();
