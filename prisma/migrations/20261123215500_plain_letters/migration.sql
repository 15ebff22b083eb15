-- Nothing of this shows in a table's columns.
ALTER TABLE "search_fillings" DROP CONSTRAINT "search_fillings_kind_check";
ALTER TABLE "search_fillings" ADD CONSTRAINT "search_fillings_kind_check"
  CHECK ("kind" IN ('articles', 'titles', 'comments', 'plain_articles', 'plain_titles', 'plain_comments'));

-- Words without what nobody writes who looks for them: soft hyphens and other things unseen, vowels and points of Arabic, Hebrew and Syriac,
-- accents that are characters of their own; of letters that are written in several ways, one (alef, heh, yeh, kaf). What parts words
-- unseen (in Persian, Thai, Lao, Khmer and Burmese) leaves the unit separator behind. lib/text/plain-letters.ts says the same, to show a text as
-- it was written. The first pattern only tells quickly that nothing is to be done.
CREATE FUNCTION "plain_letters"("written" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE
    WHEN octet_length("written") = length("written")
      OR "written" !~ '[\u00AD\u0300-\u036F\u0483-\u0487\u0591-\u08FF\u180B-\u180F\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u202A-\u202E\u2060-\u206F\u20D0-\u20FF\uFB1E\uFE00-\uFE2F\uFEFF\U000E0000-\U000E0FFF]'
    THEN "written"
    ELSE translate(
      regexp_replace(
        regexp_replace("written", '([\u0600-\u06FF]\u200C|[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF]\u200B)', E'\\1\x1F', 'g'),
        '[\u00AD\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u061C\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u0711\u0730-\u074A\u0898-\u089F\u08CA-\u08FF\u180B-\u180F\u1AB0-\u1AFF\u1DC0-\u1DFF\u200B-\u200F\u202A-\u202E\u2060-\u206F\u20D0-\u20FF\uFB1E\uFE00-\uFE0F\uFE20-\uFE2F\uFEFF\U000E0000-\U000E0FFF]+',
        '', 'g'),
      U&'\0622\0623\0625\0671\0629\06C0\0649\06CC\06A9', U&'\0627\0627\0627\0627\0647\0647\064A\064A\0643')
  END
$$;

-- Whoever writes at this moment goes first: from the next one on, what they write is kept so. It takes as long as the lines below.
LOCK TABLE "comments", "articles" IN SHARE MODE;

-- Chinese and Japanese as before. Kept words, questions and what is quoted all go through here, those of the version before this one too.
CREATE OR REPLACE FUNCTION "words_apart"("written" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN octet_length("written") = length("written") THEN "written"
    ELSE regexp_replace("plain_letters"("written"), '([\u2E80-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', E'\x1F\\1\x1F', 'g') END
$$;

-- What was kept before is read again by the job that reads for the search, where such marks are in it.
INSERT INTO "search_fillings" ("kind", "next")
SELECT kind, next FROM (
  SELECT 'plain_articles' AS kind, max("id")::bigint AS next FROM "articles"
  UNION ALL SELECT 'plain_titles', max("id")::bigint FROM "articles"
  UNION ALL SELECT 'plain_comments', max("id") FROM "comments") AS present
WHERE next IS NOT NULL;
