-- CreateTable
CREATE TABLE "article_titles" (
    "article_id" INTEGER NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "article_titles_pkey" PRIMARY KEY ("article_id")
);

-- CreateIndex
CREATE INDEX "article_titles_words_idx" ON "article_titles" USING GIN ("words");

-- What Prisma cannot express.
ALTER TABLE "search_fillings" DROP CONSTRAINT "search_fillings_kind_check";
ALTER TABLE "search_fillings"
  ADD CONSTRAINT "search_fillings_kind_check" CHECK ("kind" IN ('articles', 'titles', 'comments'));

-- A rare word must be known to be rare: otherwise all texts are read for it, from the newest on, since so few are wanted.
ALTER TABLE "article_words" ALTER COLUMN "words" SET STATISTICS 400;
ALTER TABLE "article_titles" ALTER COLUMN "words" SET STATISTICS 400;
ALTER TABLE "comment_words" ALTER COLUMN "words" SET STATISTICS 400;
ANALYZE "article_words", "comment_words";

-- Whoever publishes at this moment goes first: from the next one on, their title is kept.
LOCK TABLE "articles" IN SHARE ROW EXCLUSIVE MODE;

CREATE FUNCTION "article_title_words"("revision" INTEGER) RETURNS tsvector LANGUAGE sql STABLE STRICT AS $$
  SELECT "search_words"(r.title) FROM "revisions" r WHERE r.id = "revision"
$$;

CREATE OR REPLACE FUNCTION "keep_article_words"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.published_revision_id IS NULL THEN
    DELETE FROM "article_words" WHERE "article_id" = NEW.id;
    DELETE FROM "article_titles" WHERE "article_id" = NEW.id;
  ELSE
    INSERT INTO "article_words" ("article_id", "words")
    VALUES (NEW.id, "article_search_words"(NEW.published_revision_id))
    ON CONFLICT ("article_id") DO UPDATE SET "words" = EXCLUDED."words";
    INSERT INTO "article_titles" ("article_id", "words")
    VALUES (NEW.id, "article_title_words"(NEW.published_revision_id))
    ON CONFLICT ("article_id") DO UPDATE SET "words" = EXCLUDED."words";
  END IF;
  RETURN NULL;
END $$;

-- What was there before is read by the job that reads for the search.
INSERT INTO "search_fillings" ("kind", "next")
SELECT 'titles', max("id")::bigint FROM "articles" HAVING max("id") IS NOT NULL;
