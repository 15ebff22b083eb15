-- CreateTable
CREATE TABLE "article_words" (
    "article_id" INTEGER NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "article_words_pkey" PRIMARY KEY ("article_id")
);

-- CreateTable
CREATE TABLE "comment_words" (
    "comment_id" BIGINT NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "comment_words_pkey" PRIMARY KEY ("comment_id")
);

-- CreateTable
CREATE TABLE "search_fillings" (
    "kind" TEXT NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "search_fillings_pkey" PRIMARY KEY ("kind")
);

-- CreateIndex
CREATE INDEX "article_words_words_idx" ON "article_words" USING GIN ("words");

-- CreateIndex
CREATE INDEX "comment_words_words_idx" ON "comment_words" USING GIN ("words");

-- What Prisma cannot express.
ALTER TABLE "search_fillings" ADD CONSTRAINT "search_fillings_kind_check" CHECK ("kind" IN ('articles', 'comments'));

-- English words by their stems, all others as they are; accents do not count where the server has the means to leave them away.
CREATE TEXT SEARCH CONFIGURATION "colloquy" (COPY = pg_catalog.english);
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS unaccent;
  ALTER TEXT SEARCH CONFIGURATION "colloquy"
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported OR undefined_object THEN
  RAISE NOTICE 'This server has no extension "unaccent": the search will mind accents.';
END $$;

-- Chinese and Japanese are written without spaces: there, each character counts as a word. What parts them is the control character that
-- is called unit separator, which no text has and no search takes for a space: characters that stand together are a phrase.
CREATE FUNCTION "words_apart"("written" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN "written" ~ '[\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]'
    THEN regexp_replace("written", '([\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', E'\x1F\\1\x1F', 'g')
    ELSE "written" END
$$;

-- More than the longest text has, and less than a tsvector can hold.
CREATE FUNCTION "search_words"("written" TEXT) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE STRICT AS $$
  SELECT to_tsvector('colloquy', "words_apart"(left("written", 120000)))
$$;

CREATE FUNCTION "keep_comment_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'PUBLISHED' THEN
    INSERT INTO "comment_words" ("comment_id", "words") VALUES (NEW.id, "search_words"(NEW.body))
    ON CONFLICT ("comment_id") DO UPDATE SET "words" = EXCLUDED."words";
  ELSE
    DELETE FROM "comment_words" WHERE "comment_id" = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "comments_keep_words" AFTER INSERT ON "comments"
  FOR EACH ROW WHEN (NEW.status = 'PUBLISHED') EXECUTE FUNCTION "keep_comment_words"();
CREATE TRIGGER "comments_keep_changed_words" AFTER UPDATE OF "status", "body" ON "comments"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.body IS DISTINCT FROM NEW.body)
  EXECUTE FUNCTION "keep_comment_words"();

CREATE FUNCTION "article_search_words"("revision" INTEGER) RETURNS tsvector LANGUAGE sql STABLE STRICT AS $$
  SELECT setweight("search_words"(r.title), 'A') || setweight("search_words"(r.summary), 'B') || "search_words"(r.body)
  FROM "revisions" r WHERE r.id = "revision"
$$;

CREATE FUNCTION "keep_article_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.published_revision_id IS NULL THEN
    DELETE FROM "article_words" WHERE "article_id" = NEW.id;
  ELSE
    INSERT INTO "article_words" ("article_id", "words")
    VALUES (NEW.id, "article_search_words"(NEW.published_revision_id))
    ON CONFLICT ("article_id") DO UPDATE SET "words" = EXCLUDED."words";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "articles_keep_words" AFTER INSERT OR UPDATE OF "published_revision_id" ON "articles"
  FOR EACH ROW EXECUTE FUNCTION "keep_article_words"();

-- What was there before is read by a job, a little at a time, so that nobody waits for it.
INSERT INTO "search_fillings" ("kind", "next")
SELECT kind, next FROM (
  SELECT 'articles' AS kind, max("id")::bigint AS next FROM "articles"
  UNION ALL SELECT 'comments', max("id") FROM "comments") AS present
WHERE next IS NOT NULL;
