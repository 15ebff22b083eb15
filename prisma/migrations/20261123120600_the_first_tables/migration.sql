-- The tables with which every database begins, room by room; then what stands across them: indexes, foreign keys,
-- checks, partial indexes, functions and triggers. It stands for the twelve changes of the first day, which
-- replaces.txt names (docs/decisions/0041).

-- -------------------------------------------------------------------------------------------------
-- People: members, and visitors who have no account.

CREATE TYPE "role" AS ENUM ('AUTHOR', 'EDITOR', 'MODERATOR', 'ADMIN');
CREATE TYPE "leaving_mode" AS ENUM ('DISOWN', 'DELETE');

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
  "email" TEXT,
  "email_verified_at" TIMESTAMPTZ(3),
  "leaving_at" TIMESTAMPTZ(3),
  "leaving_mode" "leaving_mode",
  "mail_replies" BOOLEAN NOT NULL DEFAULT true,
  "password_failures" INTEGER NOT NULL DEFAULT 0,
  "password_hash" TEXT,
  "moderator_name" TEXT,

  CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "visitors" (
  "id" SERIAL NOT NULL,
  "token_hash" BYTEA,
  "import_key" BYTEA,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "user_id" INTEGER,
  "recovery_hash" BYTEA,

  CONSTRAINT "visitors_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "pseudonyms" (
  "thread_id" INTEGER NOT NULL,
  "visitor_id" INTEGER NOT NULL,
  "name" TEXT NOT NULL,

  CONSTRAINT "pseudonyms_pkey" PRIMARY KEY ("thread_id","visitor_id")
);

-- -------------------------------------------------------------------------------------------------
-- Accounts: ways to log in, sessions, one-time links, tokens for programs, and the record of what was done.

CREATE TYPE "token_purpose" AS ENUM (
  'VERIFY_EMAIL', 'RESET_PASSWORD', 'CHANGE_EMAIL', 'UNDO_EMAIL', 'FIRST_ADMIN', 'DOWNLOAD'
);

CREATE TABLE "sessions" (
  "id" SERIAL NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "user_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "idle_until" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "device" TEXT NOT NULL DEFAULT '',

  CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "known_devices" (
  "user_id" INTEGER NOT NULL,
  "device_hash" BYTEA NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "known_devices_pkey" PRIMARY KEY ("user_id","device_hash")
);

CREATE TABLE "provider_accounts" (
  "provider" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "provider_accounts_pkey" PRIMARY KEY ("provider","subject")
);

CREATE TABLE "one_time_tokens" (
  "id" SERIAL NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "purpose" "token_purpose" NOT NULL,
  "user_id" INTEGER,
  "email" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),

  CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "handle_holds" (
  "handle" TEXT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "handle_holds_pkey" PRIMARY KEY ("handle")
);

CREATE TABLE "access_tokens" (
  "id" SERIAL NOT NULL,
  "user_id" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "token_hash" BYTEA NOT NULL,
  "scopes" TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "last_used_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3),
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "access_tokens_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "data_exports" (
  "id" SERIAL NOT NULL,
  "user_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "ready_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3),
  "file" TEXT,

  CONSTRAINT "data_exports_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_events" (
  "id" BIGSERIAL NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "kind" TEXT NOT NULL,
  "actor_id" INTEGER,
  "subject_id" INTEGER,
  "detail" JSONB NOT NULL DEFAULT '{}',

  CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- -------------------------------------------------------------------------------------------------
-- Articles, their numbered revisions, who is credited, and what they are filed under.

CREATE TYPE "revision_state" AS ENUM (
  'DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'SCHEDULED', 'PUBLISHED', 'SUPERSEDED', 'WITHDRAWN'
);
CREATE TYPE "revision_class" AS ENUM ('TYPO', 'CLARIFICATION', 'UPDATE', 'CORRECTION');
CREATE TYPE "credit_kind" AS ENUM ('WRITTEN', 'EDITED', 'SUGGESTED');

CREATE TABLE "articles" (
  "id" SERIAL NOT NULL,
  "slug" TEXT NOT NULL,
  "published_revision_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "first_published_at" TIMESTAMPTZ(3),
  "last_modified_at" TIMESTAMPTZ(3),
  "credits_set" BOOLEAN NOT NULL DEFAULT false,

  CONSTRAINT "articles_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "slug_redirects" (
  "slug" TEXT NOT NULL,
  "article_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "slug_redirects_pkey" PRIMARY KEY ("slug")
);

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
  "attribution" JSONB NOT NULL DEFAULT '[]',
  "save_number" INTEGER NOT NULL DEFAULT 0,
  "saved_at" TIMESTAMPTZ(3),
  "slug" TEXT NOT NULL DEFAULT '',
  "topics" TEXT[] DEFAULT ARRAY[]::TEXT[],

  CONSTRAINT "revisions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "credits" (
  "article_id" INTEGER NOT NULL,
  "kind" "credit_kind" NOT NULL,
  "position" INTEGER NOT NULL,
  "user_id" INTEGER,
  "name" TEXT,

  CONSTRAINT "credits_pkey" PRIMARY KEY ("article_id","kind","position")
);

CREATE TABLE "topics" (
  "id" SERIAL NOT NULL,
  "slug" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "article_count" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "topics_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "article_topics" (
  "article_id" INTEGER NOT NULL,
  "topic_id" INTEGER NOT NULL,
  "listed_at" TIMESTAMPTZ(3),

  CONSTRAINT "article_topics_pkey" PRIMARY KEY ("article_id","topic_id")
);

CREATE TABLE "pingbacks" (
  "id" SERIAL NOT NULL,
  "article_id" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "pingbacks_pkey" PRIMARY KEY ("id")
);

-- -------------------------------------------------------------------------------------------------
-- The desk: who writes a draft, its saves and notes, and the editorial record.

CREATE TYPE "share_right" AS ENUM ('READ', 'COMMENT');
CREATE TYPE "editorial_kind" AS ENUM (
  'START', 'REVISE', 'SUBMIT', 'REQUEST_CHANGES', 'SCHEDULE', 'PUBLISH', 'WITHDRAW', 'UNPUBLISH', 'REVERT',
  'SET_CREDITS', 'SET_WRITERS', 'SHARE', 'UNSHARE'
);

CREATE TABLE "revision_writers" (
  "revision_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "revision_writers_pkey" PRIMARY KEY ("revision_id","user_id")
);

CREATE TABLE "draft_saves" (
  "revision_id" INTEGER NOT NULL,
  "number" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "summary" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "saved_by_id" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "copyright_holder" TEXT NOT NULL DEFAULT '',
  "licence" TEXT NOT NULL DEFAULT '',
  "slug" TEXT NOT NULL DEFAULT '',
  "topics" TEXT[] DEFAULT ARRAY[]::TEXT[],

  CONSTRAINT "draft_saves_pkey" PRIMARY KEY ("revision_id","number")
);

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

-- UNLOGGED: who is here just now may be forgotten in a crash.
CREATE UNLOGGED TABLE "draft_presences" (
  "revision_id" INTEGER NOT NULL,
  "user_id" INTEGER NOT NULL,
  "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "draft_presences_pkey" PRIMARY KEY ("revision_id","user_id")
);

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

-- -------------------------------------------------------------------------------------------------
-- The discussion under an article.

CREATE TYPE "thread_state" AS ENUM ('OPEN', 'LOCKED');
CREATE TYPE "discussion_mode" AS ENUM ('OPEN', 'HOLD_FIRST', 'HOLD_LINKS', 'HOLD_ALL', 'CLOSED');
CREATE TYPE "comment_status" AS ENUM ('PUBLISHED', 'PENDING', 'SPAM', 'REMOVED', 'DELETED');

CREATE TABLE "threads" (
  "id" SERIAL NOT NULL,
  "article_id" INTEGER NOT NULL,
  "state" "thread_state" NOT NULL DEFAULT 'OPEN',
  "comment_count" INTEGER NOT NULL DEFAULT 0,
  "root_places" INTEGER NOT NULL DEFAULT 0,
  "places" INTEGER NOT NULL DEFAULT 0,
  "last_comment_at" TIMESTAMPTZ(3),
  "closes_at" TIMESTAMPTZ(3),
  "mode" "discussion_mode",
  "slow_seconds" INTEGER,

  CONSTRAINT "threads_pkey" PRIMARY KEY ("id")
);

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
  "held_reason" TEXT,
  "pinned_at" TIMESTAMPTZ(3),
  "report_weight" REAL NOT NULL DEFAULT 0,
  "spam_score" REAL,
  "waiting_since" TIMESTAMPTZ(3),

  CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "comment_revisions" (
  "comment_id" BIGINT NOT NULL,
  "number" INTEGER NOT NULL,
  "body" TEXT NOT NULL,
  "html" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "public" BOOLEAN NOT NULL,

  CONSTRAINT "comment_revisions_pkey" PRIMARY KEY ("comment_id","number")
);

-- UNLOGGED: it is gone in two days anyway, so a crash may take it.
CREATE UNLOGGED TABLE "comment_networks" (
  "comment_id" BIGINT NOT NULL,
  "network_key" BYTEA NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "comment_networks_pkey" PRIMARY KEY ("comment_id")
);

-- -------------------------------------------------------------------------------------------------
-- Moderation: what is reported, decided and objected to, and what screens comments before anybody reads them.

CREATE TYPE "report_reason" AS ENUM ('SPAM', 'ABUSE', 'OFF_TOPIC', 'PRIVATE_INFORMATION', 'ILLEGAL', 'OTHER');
CREATE TYPE "report_state" AS ENUM ('OPEN', 'UPHELD', 'DISMISSED');
CREATE TYPE "moderation_kind" AS ENUM (
  'APPROVE', 'HOLD', 'MARK_SPAM', 'REMOVE', 'RESTORE', 'LOCK', 'UNLOCK', 'DISMISS_REPORTS', 'GRANT_APPEAL',
  'DENY_APPEAL', 'NOTE', 'WARN', 'MUTE', 'PREMODERATE', 'BAN', 'LIFT', 'PIN', 'UNPIN', 'MOVE', 'SET_THREAD',
  'SET_RULE', 'SET_SITE', 'APPROVE_EDIT', 'DECLINE_EDIT'
);
CREATE TYPE "appeal_state" AS ENUM ('OPEN', 'GRANTED', 'DENIED');
CREATE TYPE "sanction_kind" AS ENUM ('NOTE', 'WARN', 'MUTE', 'PREMODERATE', 'BAN');
CREATE TYPE "rule_kind" AS ENUM ('WORDS', 'LINK', 'PATTERN');
CREATE TYPE "rule_effect" AS ENUM ('HOLD', 'REJECT');

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
  "weight" REAL NOT NULL DEFAULT 1,

  CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

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
  "about_id" INTEGER,

  CONSTRAINT "moderation_actions_pkey" PRIMARY KEY ("id")
);

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

-- UNLOGGED: who has an item before them may be forgotten in a crash.
CREATE UNLOGGED TABLE "queue_claims" (
  "comment_id" BIGINT NOT NULL,
  "user_id" INTEGER NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "queue_claims_pkey" PRIMARY KEY ("comment_id")
);

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

CREATE TABLE "rule_hits" (
  "rule_id" INTEGER NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "hits" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "rule_hits_pkey" PRIMARY KEY ("rule_id","hour")
);

CREATE TABLE "screened_hours" (
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "comments" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "screened_hours_pkey" PRIMARY KEY ("hour")
);

CREATE TABLE "spam_tokens" (
  "token" TEXT NOT NULL,
  "spam" INTEGER NOT NULL DEFAULT 0,
  "ham" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "spam_tokens_pkey" PRIMARY KEY ("token")
);

-- -------------------------------------------------------------------------------------------------
-- The chain over the records.

CREATE TABLE "unsealed_lines" (
  "id" BIGSERIAL NOT NULL,
  "record" TEXT NOT NULL,
  "line_id" BIGINT NOT NULL,

  CONSTRAINT "unsealed_lines_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "record_seals" (
  "seq" BIGINT NOT NULL,
  "record" TEXT NOT NULL,
  "line_id" BIGINT NOT NULL,
  "words_hash" BYTEA NOT NULL,
  "salt" BYTEA,
  "hash" BYTEA NOT NULL,
  "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "record_seals_pkey" PRIMARY KEY ("seq")
);

CREATE TABLE "record_checks" (
  "id" SERIAL NOT NULL,
  "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "seq" BIGINT NOT NULL,
  "hash" BYTEA NOT NULL,
  "faults" INTEGER NOT NULL,
  "first" TEXT NOT NULL DEFAULT '',

  CONSTRAINT "record_checks_pkey" PRIMARY KEY ("id")
);

-- -------------------------------------------------------------------------------------------------
-- The site itself: settings, files, limits, repeats, what an import has brought.

CREATE TABLE "settings" (
  "key" TEXT NOT NULL,
  "value" JSONB NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_by_id" INTEGER,

  CONSTRAINT "settings_pkey" PRIMARY KEY ("key")
);

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
  "widths" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
  "checksums" TEXT[] NOT NULL DEFAULT '{}',
  "fault" TEXT,
  "fault_since" TIMESTAMPTZ(3),
  "unused_since" TIMESTAMPTZ(3),

  CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_keys" (
  "key" BYTEA NOT NULL,
  "request_hash" BYTEA NOT NULL,
  "result" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("key")
);

-- UNLOGGED: counts of attempts may be forgotten in a crash; they need not slow every post down.
CREATE UNLOGGED TABLE "rate_limits" (
  "key" TEXT NOT NULL,
  "count" INTEGER NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "network_salts" (
  "day" DATE NOT NULL,
  "salt" BYTEA NOT NULL,

  CONSTRAINT "network_salts_pkey" PRIMARY KEY ("day")
);

CREATE TABLE "imported_items" (
  "source" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "external_id" TEXT NOT NULL,
  "local_id" BIGINT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "imported_items_pkey" PRIMARY KEY ("source","kind","external_id")
);

-- -------------------------------------------------------------------------------------------------
-- Indexes that Prisma knows.

CREATE UNIQUE INDEX "users_handle_key" ON "users" ("handle");
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
CREATE UNIQUE INDEX "users_moderator_name_key" ON "users" ("moderator_name");
CREATE INDEX "users_name_key_idx" ON "users" ("name_key");
CREATE INDEX "users_handle_key_idx" ON "users" ("handle_key");

CREATE UNIQUE INDEX "visitors_token_hash_key" ON "visitors" ("token_hash");
CREATE UNIQUE INDEX "visitors_import_key_key" ON "visitors" ("import_key");
CREATE UNIQUE INDEX "visitors_recovery_hash_key" ON "visitors" ("recovery_hash");
CREATE INDEX "visitors_user_id_idx" ON "visitors" ("user_id");

CREATE UNIQUE INDEX "pseudonyms_thread_id_name_key" ON "pseudonyms" ("thread_id", "name");

CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" ("token_hash");
CREATE INDEX "sessions_user_id_idx" ON "sessions" ("user_id");
CREATE INDEX "sessions_idle_until_idx" ON "sessions" ("idle_until");

CREATE INDEX "provider_accounts_user_id_idx" ON "provider_accounts" ("user_id");

CREATE UNIQUE INDEX "one_time_tokens_token_hash_key" ON "one_time_tokens" ("token_hash");
CREATE INDEX "one_time_tokens_user_id_purpose_idx" ON "one_time_tokens" ("user_id", "purpose");
CREATE INDEX "one_time_tokens_expires_at_idx" ON "one_time_tokens" ("expires_at");

CREATE INDEX "handle_holds_user_id_idx" ON "handle_holds" ("user_id");

CREATE UNIQUE INDEX "access_tokens_token_hash_key" ON "access_tokens" ("token_hash");
CREATE INDEX "access_tokens_user_id_idx" ON "access_tokens" ("user_id");

CREATE INDEX "data_exports_user_id_idx" ON "data_exports" ("user_id");

CREATE INDEX "audit_events_subject_id_id_idx" ON "audit_events" ("subject_id", "id");
CREATE INDEX "audit_events_actor_id_id_idx" ON "audit_events" ("actor_id", "id");
CREATE INDEX "audit_events_created_at_idx" ON "audit_events" ("created_at");

CREATE UNIQUE INDEX "articles_slug_key" ON "articles" ("slug");
CREATE UNIQUE INDEX "articles_id_published_revision_id_key" ON "articles" ("id", "published_revision_id");

CREATE INDEX "slug_redirects_article_id_idx" ON "slug_redirects" ("article_id");

CREATE INDEX "revisions_author_id_idx" ON "revisions" ("author_id");
CREATE UNIQUE INDEX "revisions_article_id_number_key" ON "revisions" ("article_id", "number");
CREATE UNIQUE INDEX "revisions_article_id_id_key" ON "revisions" ("article_id", "id");

CREATE INDEX "credits_user_id_idx" ON "credits" ("user_id");

CREATE UNIQUE INDEX "topics_slug_key" ON "topics" ("slug");

CREATE INDEX "article_topics_topic_id_listed_at_article_id_idx"
  ON "article_topics" ("topic_id", "listed_at" DESC, "article_id" DESC);

CREATE UNIQUE INDEX "pingbacks_article_id_url_key" ON "pingbacks" ("article_id", "url");

CREATE INDEX "revision_writers_user_id_idx" ON "revision_writers" ("user_id");

CREATE INDEX "draft_saves_saved_by_id_idx" ON "draft_saves" ("saved_by_id");

CREATE INDEX "draft_notes_revision_id_id_idx" ON "draft_notes" ("revision_id", "id");
CREATE INDEX "draft_notes_author_id_idx" ON "draft_notes" ("author_id");
CREATE INDEX "draft_notes_resolved_by_id_idx" ON "draft_notes" ("resolved_by_id");

CREATE INDEX "draft_presences_user_id_idx" ON "draft_presences" ("user_id");

CREATE UNIQUE INDEX "draft_shares_token_hash_key" ON "draft_shares" ("token_hash");
CREATE INDEX "draft_shares_revision_id_idx" ON "draft_shares" ("revision_id");
CREATE INDEX "draft_shares_created_by_id_idx" ON "draft_shares" ("created_by_id");

CREATE INDEX "editorial_actions_article_id_id_idx" ON "editorial_actions" ("article_id", "id");
CREATE INDEX "editorial_actions_revision_id_idx" ON "editorial_actions" ("revision_id");
CREATE INDEX "editorial_actions_actor_id_idx" ON "editorial_actions" ("actor_id");

CREATE UNIQUE INDEX "threads_article_id_key" ON "threads" ("article_id");

CREATE INDEX "comments_root_id_place_idx" ON "comments" ("root_id", "place");
CREATE INDEX "comments_parent_id_place_idx" ON "comments" ("parent_id", "place");
CREATE INDEX "comments_user_id_created_at_idx" ON "comments" ("user_id", "created_at");
CREATE INDEX "comments_visitor_id_created_at_idx" ON "comments" ("visitor_id", "created_at");
CREATE UNIQUE INDEX "comments_thread_id_id_key" ON "comments" ("thread_id", "id");

CREATE INDEX "reports_user_id_idx" ON "reports" ("user_id");
CREATE INDEX "reports_visitor_id_idx" ON "reports" ("visitor_id");
CREATE UNIQUE INDEX "reports_comment_id_user_id_key" ON "reports" ("comment_id", "user_id");
CREATE UNIQUE INDEX "reports_comment_id_visitor_id_key" ON "reports" ("comment_id", "visitor_id");

CREATE INDEX "moderation_actions_comment_id_idx" ON "moderation_actions" ("comment_id");
CREATE INDEX "moderation_actions_created_at_idx" ON "moderation_actions" ("created_at");
CREATE INDEX "moderation_actions_kind_id_idx" ON "moderation_actions" ("kind", "id");
CREATE INDEX "moderation_actions_about_id_id_idx" ON "moderation_actions" ("about_id", "id");
CREATE INDEX "moderation_actions_actor_id_idx" ON "moderation_actions" ("actor_id");
CREATE INDEX "moderation_actions_article_id_idx" ON "moderation_actions" ("article_id");
CREATE INDEX "moderation_actions_user_id_idx" ON "moderation_actions" ("user_id");
CREATE INDEX "moderation_actions_visitor_id_idx" ON "moderation_actions" ("visitor_id");

CREATE INDEX "appeals_comment_id_idx" ON "appeals" ("comment_id");
CREATE INDEX "appeals_decided_by_id_idx" ON "appeals" ("decided_by_id");
CREATE UNIQUE INDEX "appeals_action_id_key" ON "appeals" ("action_id");

CREATE INDEX "sanctions_user_id_idx" ON "sanctions" ("user_id");
CREATE INDEX "sanctions_visitor_id_idx" ON "sanctions" ("visitor_id");
CREATE INDEX "sanctions_network_key_idx" ON "sanctions" ("network_key");
CREATE INDEX "sanctions_comment_id_idx" ON "sanctions" ("comment_id");
CREATE INDEX "sanctions_actor_id_idx" ON "sanctions" ("actor_id");
CREATE INDEX "sanctions_lifted_by_id_idx" ON "sanctions" ("lifted_by_id");

CREATE INDEX "queue_claims_user_id_idx" ON "queue_claims" ("user_id");

CREATE INDEX "screening_rules_created_by_id_idx" ON "screening_rules" ("created_by_id");

CREATE UNIQUE INDEX "record_seals_record_line_id_key" ON "record_seals" ("record", "line_id");

CREATE INDEX "files_sha256_idx" ON "files" ("sha256");

CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys" ("created_at");

CREATE INDEX "rate_limits_expires_at_idx" ON "rate_limits" ("expires_at");

-- -------------------------------------------------------------------------------------------------
-- Foreign keys. Rows that something else tells of are not deleted; what belongs to a row goes with it.

ALTER TABLE "visitors"
  ADD CONSTRAINT "visitors_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "pseudonyms"
  ADD CONSTRAINT "pseudonyms_thread_id_fkey"
    FOREIGN KEY ("thread_id") REFERENCES "threads" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "pseudonyms_visitor_id_fkey"
    FOREIGN KEY ("visitor_id") REFERENCES "visitors" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "known_devices"
  ADD CONSTRAINT "known_devices_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "provider_accounts"
  ADD CONSTRAINT "provider_accounts_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "one_time_tokens"
  ADD CONSTRAINT "one_time_tokens_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "handle_holds"
  ADD CONSTRAINT "handle_holds_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "access_tokens"
  ADD CONSTRAINT "access_tokens_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "data_exports"
  ADD CONSTRAINT "data_exports_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "audit_events"
  ADD CONSTRAINT "audit_events_actor_id_fkey"
    FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "audit_events_subject_id_fkey"
    FOREIGN KEY ("subject_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "articles"
  ADD CONSTRAINT "articles_id_published_revision_id_fkey"
    FOREIGN KEY ("id", "published_revision_id") REFERENCES "revisions" ("article_id", "id")
      ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "slug_redirects"
  ADD CONSTRAINT "slug_redirects_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "revisions"
  ADD CONSTRAINT "revisions_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "revisions_author_id_fkey"
    FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "revisions_decided_by_id_fkey"
    FOREIGN KEY ("decided_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "revisions_based_on_id_fkey"
    FOREIGN KEY ("based_on_id") REFERENCES "revisions" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "credits"
  ADD CONSTRAINT "credits_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credits_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "article_topics"
  ADD CONSTRAINT "article_topics_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "article_topics_topic_id_fkey"
    FOREIGN KEY ("topic_id") REFERENCES "topics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "pingbacks"
  ADD CONSTRAINT "pingbacks_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "revision_writers"
  ADD CONSTRAINT "revision_writers_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "revision_writers_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "draft_saves"
  ADD CONSTRAINT "draft_saves_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "draft_saves_saved_by_id_fkey"
    FOREIGN KEY ("saved_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "draft_notes"
  ADD CONSTRAINT "draft_notes_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "draft_notes_author_id_fkey"
    FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "draft_notes_resolved_by_id_fkey"
    FOREIGN KEY ("resolved_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "draft_presences"
  ADD CONSTRAINT "draft_presences_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "draft_presences_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "draft_shares"
  ADD CONSTRAINT "draft_shares_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "draft_shares_created_by_id_fkey"
    FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "editorial_actions"
  ADD CONSTRAINT "editorial_actions_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "editorial_actions_revision_id_fkey"
    FOREIGN KEY ("revision_id") REFERENCES "revisions" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "editorial_actions_actor_id_fkey"
    FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "threads"
  ADD CONSTRAINT "threads_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "comments"
  ADD CONSTRAINT "comments_thread_id_fkey"
    FOREIGN KEY ("thread_id") REFERENCES "threads" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "comments_parent_fkey"
    FOREIGN KEY ("thread_id", "parent_id") REFERENCES "comments" ("thread_id", "id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "comments_root_fkey"
    FOREIGN KEY ("thread_id", "root_id") REFERENCES "comments" ("thread_id", "id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
  ADD CONSTRAINT "comments_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "comments_visitor_id_fkey"
    FOREIGN KEY ("visitor_id") REFERENCES "visitors" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "comments_article_revision_id_fkey"
    FOREIGN KEY ("article_revision_id") REFERENCES "revisions" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "comment_revisions"
  ADD CONSTRAINT "comment_revisions_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "comment_networks"
  ADD CONSTRAINT "comment_networks_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "reports"
  ADD CONSTRAINT "reports_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "reports_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "reports_visitor_id_fkey"
    FOREIGN KEY ("visitor_id") REFERENCES "visitors" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "moderation_actions"
  ADD CONSTRAINT "moderation_actions_actor_id_fkey"
    FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderation_actions_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderation_actions_article_id_fkey"
    FOREIGN KEY ("article_id") REFERENCES "articles" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderation_actions_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "moderation_actions_visitor_id_fkey"
    FOREIGN KEY ("visitor_id") REFERENCES "visitors" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "appeals"
  ADD CONSTRAINT "appeals_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "appeals_action_id_fkey"
    FOREIGN KEY ("action_id") REFERENCES "moderation_actions" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "appeals_decided_by_id_fkey"
    FOREIGN KEY ("decided_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "sanctions"
  ADD CONSTRAINT "sanctions_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sanctions_visitor_id_fkey"
    FOREIGN KEY ("visitor_id") REFERENCES "visitors" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sanctions_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sanctions_actor_id_fkey"
    FOREIGN KEY ("actor_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "sanctions_lifted_by_id_fkey"
    FOREIGN KEY ("lifted_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "queue_claims"
  ADD CONSTRAINT "queue_claims_comment_id_fkey"
    FOREIGN KEY ("comment_id") REFERENCES "comments" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  ADD CONSTRAINT "queue_claims_user_id_fkey"
    FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "screening_rules"
  ADD CONSTRAINT "screening_rules_created_by_id_fkey"
    FOREIGN KEY ("created_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "rule_hits"
  ADD CONSTRAINT "rule_hits_rule_id_fkey"
    FOREIGN KEY ("rule_id") REFERENCES "screening_rules" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "settings"
  ADD CONSTRAINT "settings_updated_by_id_fkey"
    FOREIGN KEY ("updated_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "files"
  ADD CONSTRAINT "files_uploaded_by_id_fkey"
    FOREIGN KEY ("uploaded_by_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- -------------------------------------------------------------------------------------------------
-- What Prisma cannot say: checks. Lengths are in characters (code points), the same numbers as lib/domain/limits.ts.

ALTER TABLE "users"
  ADD CONSTRAINT "users_handle_check" CHECK ("handle" ~ '^[a-z0-9_]{3,30}$'),
  ADD CONSTRAINT "users_display_name_check" CHECK (char_length("display_name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "users_bio_check" CHECK (char_length("bio") <= 1000),
  ADD CONSTRAINT "users_email_check" CHECK (char_length("email") BETWEEN 3 AND 254 AND "email" = lower("email")),
  ADD CONSTRAINT "users_email_verified_check" CHECK (
    "email_verified_at" IS NULL OR "email" IS NOT NULL OR "deleted_at" IS NOT NULL),
  ADD CONSTRAINT "users_password_failures_check" CHECK ("password_failures" >= 0),
  ADD CONSTRAINT "users_leaving_check" CHECK (("leaving_at" IS NULL) = ("leaving_mode" IS NULL)),
  ADD CONSTRAINT "users_moderator_name_check" CHECK (char_length("moderator_name") BETWEEN 1 AND 60);

ALTER TABLE "sessions"
  ADD CONSTRAINT "sessions_times_check" CHECK ("idle_until" <= "ends_at"),
  ADD CONSTRAINT "sessions_device_check" CHECK (char_length("device") <= 100);

ALTER TABLE "handle_holds"
  ADD CONSTRAINT "handle_holds_handle_check" CHECK ("handle" ~ '^[a-z0-9_]{3,30}$');

ALTER TABLE "access_tokens"
  ADD CONSTRAINT "access_tokens_name_check" CHECK (char_length("name") BETWEEN 1 AND 60);

ALTER TABLE "articles"
  ADD CONSTRAINT "articles_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80),
  ADD CONSTRAINT "articles_published_check" CHECK (
    "published_revision_id" IS NULL OR ("first_published_at" IS NOT NULL AND "last_modified_at" IS NOT NULL));

ALTER TABLE "slug_redirects"
  ADD CONSTRAINT "slug_redirects_slug_check" CHECK (
    "slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80);

ALTER TABLE "revisions"
  ADD CONSTRAINT "revisions_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "revisions_title_check" CHECK (char_length("title") BETWEEN 1 AND 200),
  ADD CONSTRAINT "revisions_summary_check" CHECK (char_length("summary") <= 500),
  ADD CONSTRAINT "revisions_body_check" CHECK (char_length("body") <= 100000),
  ADD CONSTRAINT "revisions_note_check" CHECK (char_length("note") <= 1000),
  ADD CONSTRAINT "revisions_copyright_holder_check" CHECK (char_length("copyright_holder") <= 200),
  ADD CONSTRAINT "revisions_licence_check" CHECK (char_length("licence") <= 200),
  ADD CONSTRAINT "revisions_slug_check" CHECK (
    "slug" = '' OR ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80)),
  ADD CONSTRAINT "revisions_topics_check" CHECK (cardinality("topics") <= 10),
  ADD CONSTRAINT "revisions_save_number_check" CHECK ("save_number" >= 0),
  ADD CONSTRAINT "revisions_published_at_check" CHECK (
    "state" NOT IN ('PUBLISHED', 'SUPERSEDED') OR "published_at" IS NOT NULL),
  ADD CONSTRAINT "revisions_scheduled_for_check" CHECK ("state" <> 'SCHEDULED' OR "scheduled_for" IS NOT NULL);

-- A credit names somebody.
ALTER TABLE "credits"
  ADD CONSTRAINT "credits_who_check" CHECK (
    ("user_id" IS NOT NULL OR "name" IS NOT NULL) AND char_length("name") BETWEEN 1 AND 200);

ALTER TABLE "topics"
  ADD CONSTRAINT "topics_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length("slug") <= 80),
  ADD CONSTRAINT "topics_name_check" CHECK (char_length("name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "topics_article_count_check" CHECK ("article_count" >= 0);

ALTER TABLE "draft_saves"
  ADD CONSTRAINT "draft_saves_number_check" CHECK ("number" >= 1),
  ADD CONSTRAINT "draft_saves_body_check" CHECK (char_length("body") <= 100000);

ALTER TABLE "draft_notes"
  ADD CONSTRAINT "draft_notes_line_check" CHECK ("line" >= 1),
  ADD CONSTRAINT "draft_notes_quote_check" CHECK (char_length("quote") <= 500),
  ADD CONSTRAINT "draft_notes_body_check" CHECK (char_length("body") BETWEEN 1 AND 5000),
  ADD CONSTRAINT "draft_notes_who_check" CHECK (
    num_nonnulls("author_id", "guest_name") = 1 AND char_length("guest_name") BETWEEN 1 AND 60),
  ADD CONSTRAINT "draft_notes_resolved_check" CHECK (("resolved_at" IS NULL) = ("resolved_by_id" IS NULL));

ALTER TABLE "editorial_actions"
  ADD CONSTRAINT "editorial_actions_reason_check" CHECK (char_length("reason") <= 1000);

ALTER TABLE "threads"
  ADD CONSTRAINT "threads_counts_check" CHECK (
    "comment_count" >= 0 AND "root_places" >= 0 AND "places" >= "root_places" AND "comment_count" <= "places"),
  ADD CONSTRAINT "threads_slow_seconds_check" CHECK ("slow_seconds" BETWEEN 1 AND 86400);

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
  ADD CONSTRAINT "comments_root_place_check" CHECK (
    ("root_place" IS NOT NULL) = ("place" IS NOT NULL AND "depth" = 0)),
  ADD CONSTRAINT "comments_removal_check" CHECK (("status" = 'REMOVED') = ("removal_reason" IS NOT NULL)),
  ADD CONSTRAINT "comments_revision_check" CHECK ("revision" >= 1),
  ADD CONSTRAINT "comments_reply_count_check" CHECK ("reply_count" >= 0),
  ADD CONSTRAINT "comments_spam_score_check" CHECK ("spam_score" BETWEEN 0 AND 1),
  ADD CONSTRAINT "comments_report_weight_check" CHECK ("report_weight" >= 0);

ALTER TABLE "comment_revisions"
  ADD CONSTRAINT "comment_revisions_body_check" CHECK (char_length("body") BETWEEN 1 AND 10000);

ALTER TABLE "reports"
  ADD CONSTRAINT "reports_who_check" CHECK (num_nonnulls("user_id", "visitor_id") = 1),
  ADD CONSTRAINT "reports_note_check" CHECK (char_length("note") <= 1000),
  ADD CONSTRAINT "reports_decided_check" CHECK (("state" = 'OPEN') = ("decided_at" IS NULL));

ALTER TABLE "moderation_actions"
  -- One target; lines about the site, its rules or a network have none.
  ADD CONSTRAINT "moderation_actions_target_check" CHECK (
    num_nonnulls("comment_id", "article_id", "user_id", "visitor_id") = 1 OR
    (num_nonnulls("comment_id", "article_id", "user_id", "visitor_id") = 0 AND
     "kind"::text IN ('SET_SITE', 'SET_RULE', 'BAN', 'LIFT'))),
  ADD CONSTRAINT "moderation_actions_status_check" CHECK (
    "comment_id" IS NULL OR ("from_status" IS NOT NULL OR "to_status" IS NOT NULL)),
  ADD CONSTRAINT "moderation_actions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "moderation_actions_note_check" CHECK (char_length("note") <= 1000);

ALTER TABLE "appeals"
  ADD CONSTRAINT "appeals_body_check" CHECK (char_length("body") BETWEEN 1 AND 5000),
  ADD CONSTRAINT "appeals_answer_check" CHECK (char_length("answer") <= 1000),
  ADD CONSTRAINT "appeals_decided_check" CHECK (("state" = 'OPEN') = ("decided_at" IS NULL));

ALTER TABLE "sanctions"
  ADD CONSTRAINT "sanctions_who_check" CHECK (num_nonnulls("user_id", "visitor_id", "network_key") = 1),
  ADD CONSTRAINT "sanctions_reason_check" CHECK (char_length("reason") BETWEEN 1 AND 1000),
  ADD CONSTRAINT "sanctions_ends_check" CHECK (
    "ends_at" IS NOT NULL OR ("kind" <> 'BAN' AND "network_key" IS NULL)),
  ADD CONSTRAINT "sanctions_acknowledged_check" CHECK ("acknowledged_at" IS NULL OR "kind" = 'WARN'),
  ADD CONSTRAINT "sanctions_lifted_check" CHECK ("lifted_at" IS NOT NULL OR "lifted_by_id" IS NULL);

ALTER TABLE "screening_rules"
  ADD CONSTRAINT "screening_rules_pattern_check" CHECK (char_length("pattern") BETWEEN 1 AND 10000),
  ADD CONSTRAINT "screening_rules_note_check" CHECK (char_length("note") <= 1000);

ALTER TABLE "spam_tokens"
  ADD CONSTRAINT "spam_tokens_counts_check" CHECK ("spam" >= 0 AND "ham" >= 0);

ALTER TABLE "record_seals"
  ADD CONSTRAINT "record_seals_record_check" CHECK ("record" IN ('moderation', 'accounts', 'desk')),
  ADD CONSTRAINT "record_seals_seq_check" CHECK ("seq" > 0),
  ADD CONSTRAINT "record_seals_hashes_check" CHECK (octet_length("hash") = 32 AND octet_length("words_hash") = 32);

ALTER TABLE "files"
  ADD CONSTRAINT "files_id_check" CHECK ("id" ~ '^[A-Za-z0-9_-]{22}$'),
  ADD CONSTRAINT "files_bytes_check" CHECK ("bytes" > 0),
  ADD CONSTRAINT "files_fault" CHECK (
    "fault" IN ('missing', 'altered') AND ("fault" IS NULL) = ("fault_since" IS NULL));

-- -------------------------------------------------------------------------------------------------
-- What Prisma cannot say: indexes of some rows only.

-- A name that looks like a member's belongs to that member, whoever asks first; people of imports and of the first-run
-- site, who cannot log in, may be namesakes.
CREATE UNIQUE INDEX "users_one_name_idx" ON "users" ("name_key") WHERE "email" IS NOT NULL AND "deleted_at" IS NULL;
CREATE UNIQUE INDEX "users_one_handle_key_idx" ON "users" ("handle_key")
  WHERE "email" IS NOT NULL AND "deleted_at" IS NULL;
CREATE INDEX "users_leaving_idx" ON "users" ("leaving_at") WHERE "leaving_at" IS NOT NULL AND "deleted_at" IS NULL;

CREATE INDEX "articles_listed_idx" ON "articles" ("first_published_at" DESC, "id" DESC)
  WHERE "published_revision_id" IS NOT NULL;

-- One open revision and one published revision an article, whoever tries twice.
CREATE UNIQUE INDEX "revisions_one_open_idx" ON "revisions" ("article_id")
  WHERE "state" IN ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'SCHEDULED');
CREATE UNIQUE INDEX "revisions_one_published_idx" ON "revisions" ("article_id") WHERE "state" = 'PUBLISHED';
-- What is due, and what waits for a reviewer, are asked for often and are few.
CREATE INDEX "revisions_scheduled_idx" ON "revisions" ("scheduled_for") WHERE "state" = 'SCHEDULED';
CREATE INDEX "revisions_in_review_idx" ON "revisions" ("submitted_at", "id") WHERE "state" = 'IN_REVIEW';

CREATE INDEX "threads_lively_idx" ON "threads" ("last_comment_at" DESC, "id" DESC) WHERE "comment_count" > 0;
-- Which discussions have just closed by the day that was set for them: asked every minute, few have one.
CREATE INDEX "threads_closing_idx" ON "threads" ("closes_at") WHERE "closes_at" IS NOT NULL;

-- No place is given twice. The second one also finds a page of top-level comments.
CREATE UNIQUE INDEX "comments_one_place_idx" ON "comments" ("thread_id", "place") WHERE "place" IS NOT NULL;
CREATE UNIQUE INDEX "comments_one_root_place_idx" ON "comments" ("thread_id", "root_place")
  WHERE "root_place" IS NOT NULL;
CREATE INDEX "comments_pinned_idx" ON "comments" ("thread_id", "pinned_at") WHERE "pinned_at" IS NOT NULL;
-- The queue, oldest first, and one index for each of its tabs: what one tab holds costs the other nothing.
CREATE INDEX "comments_waiting_idx" ON "comments" ("waiting_since", "id") WHERE "waiting_since" IS NOT NULL;
CREATE INDEX "comments_held_idx" ON "comments" ("waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL AND ("status" = 'PENDING' OR "pending_body" IS NOT NULL);
CREATE INDEX "comments_reported_idx" ON "comments" ("waiting_since", "id")
  WHERE "waiting_since" IS NOT NULL AND "status" = 'PUBLISHED' AND "report_weight" > 0;
-- What is put aside as spam.
CREATE INDEX "comments_spam_idx" ON "comments" ("id") WHERE "status" = 'SPAM';

CREATE INDEX "reports_open_idx" ON "reports" ("comment_id") WHERE "state" = 'OPEN';
-- What a moderator decided lately, to take it back.
CREATE INDEX "moderation_actions_own_idx" ON "moderation_actions" ("actor_id", "id")
  WHERE "comment_id" IS NOT NULL AND NOT "reversal";
CREATE INDEX "appeals_open_idx" ON "appeals" ("created_at", "id") WHERE "state" = 'OPEN';
CREATE INDEX "screening_rules_live_idx" ON "screening_rules" ("id") WHERE "retired_at" IS NULL;

-- -------------------------------------------------------------------------------------------------
-- What rows know by themselves, whoever writes them.

-- Since when a comment waits for a moderator.
CREATE FUNCTION "note_waiting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'PENDING' OR NEW.pending_body IS NOT NULL OR (NEW.status = 'PUBLISHED' AND NEW.report_weight > 0) THEN
    NEW.waiting_since := coalesce(NEW.waiting_since, clock_timestamp());
  ELSE
    NEW.waiting_since := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "comments_note_waiting"
  BEFORE INSERT OR UPDATE OF "status", "pending_body", "report_weight", "waiting_since" ON "comments"
  FOR EACH ROW EXECUTE FUNCTION "note_waiting"();

-- Which article a line of the moderation log is about.
CREATE FUNCTION "note_about"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.about_id := coalesce(NEW.article_id, (
    SELECT t.article_id FROM "comments" c JOIN "threads" t ON t.id = c.thread_id WHERE c.id = NEW.comment_id));
  RETURN NEW;
END $$;
CREATE TRIGGER "moderation_actions_note_about" BEFORE INSERT ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "note_about"();

-- Every line of a record waits for its seal. The trigger's argument is the record's name.
CREATE FUNCTION "await_seal"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "unsealed_lines" ("record", "line_id") VALUES (TG_ARGV[0], NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER "moderation_actions_await_seal" AFTER INSERT ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "await_seal"('moderation');
CREATE TRIGGER "audit_events_await_seal" AFTER INSERT ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "await_seal"('accounts');
CREATE TRIGGER "editorial_actions_await_seal" AFTER INSERT ON "editorial_actions"
  FOR EACH ROW EXECUTE FUNCTION "await_seal"('desk');

-- -------------------------------------------------------------------------------------------------
-- What is never changed or deleted, whoever tries.

-- A text that was submitted is never rewritten, nor what was submitted with it; only what the renderer made of it may
-- be made anew.
CREATE FUNCTION "refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'revision % of article % was submitted and cannot be rewritten', OLD.number, OLD.article_id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "revisions_immutable" BEFORE UPDATE ON "revisions"
  FOR EACH ROW
  WHEN (OLD."state" NOT IN ('DRAFT', 'CHANGES_REQUESTED') AND
        (OLD."title", OLD."summary", OLD."body", OLD."slug", OLD."topics", OLD."copyright_holder", OLD."licence",
         OLD."number", OLD."article_id", OLD."author_id")
        IS DISTINCT FROM
        (NEW."title", NEW."summary", NEW."body", NEW."slug", NEW."topics", NEW."copyright_holder", NEW."licence",
         NEW."number", NEW."article_id", NEW."author_id"))
  EXECUTE FUNCTION "refuse_rewriting"();

-- History only grows.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: history only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "revisions_keep" BEFORE DELETE ON "revisions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "reports_keep" BEFORE DELETE ON "reports"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "sanctions_keep" BEFORE DELETE ON "sanctions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "appeals_keep" BEFORE DELETE ON "appeals"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "screening_rules_keep" BEFORE DELETE ON "screening_rules"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_checks_append_only" BEFORE UPDATE OR DELETE ON "record_checks"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_checks_keep" BEFORE TRUNCATE ON "record_checks"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "moderation_actions_keep" BEFORE TRUNCATE ON "moderation_actions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_events_keep" BEFORE TRUNCATE ON "audit_events"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "editorial_actions_keep" BEFORE TRUNCATE ON "editorial_actions"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_seals_keep" BEFORE TRUNCATE ON "record_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Words can be erased, where the law asks for it; nothing else of a line can be changed, and nothing of a seal but its
-- salt.
CREATE FUNCTION "refuse_all_but_erasing"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  erased jsonb := CASE TG_TABLE_NAME
    WHEN 'moderation_actions' THEN '{"reason": "erased", "note": ""}'
    WHEN 'audit_events' THEN '{"detail": {}}'
    WHEN 'editorial_actions' THEN '{"reason": "", "detail": {}}'
    ELSE '{"salt": null}' END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) = to_jsonb(OLD) || erased THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: history only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "moderation_actions_append_only" BEFORE UPDATE OR DELETE ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
CREATE TRIGGER "editorial_actions_append_only" BEFORE UPDATE OR DELETE ON "editorial_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
CREATE TRIGGER "record_seals_append_only" BEFORE UPDATE OR DELETE ON "record_seals"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();

-- Erases the words of one line for good, by the tables' owner: SELECT erase_words('moderation', 17). The line and its
-- seal stay.
CREATE FUNCTION "erase_words"(which TEXT, line BIGINT) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  touched INTEGER;
BEGIN
  CASE which
    WHEN 'moderation' THEN UPDATE "moderation_actions" SET reason = 'erased', note = '' WHERE id = line;
    WHEN 'accounts' THEN UPDATE "audit_events" SET detail = '{}' WHERE id = line;
    WHEN 'desk' THEN UPDATE "editorial_actions" SET reason = '', detail = '{}' WHERE id = line;
  END CASE;
  GET DIAGNOSTICS touched = ROW_COUNT;
  IF touched = 0 THEN
    RAISE EXCEPTION 'The record % has no line %.', which, line;
  END IF;
  UPDATE "record_seals" SET salt = NULL WHERE record = which AND line_id = line;
END $$;
