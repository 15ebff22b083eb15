-- AlterTable
ALTER TABLE "moderation_actions" ADD COLUMN     "about_id" INTEGER;

-- CreateIndex
CREATE INDEX "moderation_actions_kind_id_idx" ON "moderation_actions"("kind", "id");

-- CreateIndex
CREATE INDEX "moderation_actions_about_id_id_idx" ON "moderation_actions"("about_id", "id");

-- Which article a line is about is known by the row itself, whoever writes it.
CREATE FUNCTION "note_about"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.about_id := coalesce(NEW.article_id, (
    SELECT t.article_id FROM "comments" c JOIN "threads" t ON t.id = c.thread_id WHERE c.id = NEW.comment_id));
  RETURN NEW;
END $$;
CREATE TRIGGER "moderation_actions_note_about" BEFORE INSERT ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "note_about"();

-- Lines are never changed by the product; here they only learn what they said already.
ALTER TABLE "moderation_actions" DISABLE TRIGGER "moderation_actions_append_only";
UPDATE "moderation_actions" m SET about_id = coalesce(m.article_id, (
  SELECT t.article_id FROM "comments" c JOIN "threads" t ON t.id = c.thread_id WHERE c.id = m.comment_id));
ALTER TABLE "moderation_actions" ENABLE TRIGGER "moderation_actions_append_only";
