-- A credit names somebody. (NULL in the old check counted as a yes.)
ALTER TABLE "credits" DROP CONSTRAINT "credits_who_check";
ALTER TABLE "credits" ADD CONSTRAINT "credits_who_check" CHECK (
  ("user_id" IS NOT NULL OR "name" IS NOT NULL) AND char_length("name") BETWEEN 1 AND 200);

-- The unique index on the same columns, without the rows that have no place, finds a page as well, and there is one less to write.
DROP INDEX "comments_thread_id_root_place_idx";
