-- CreateTable
CREATE TABLE "unsealed_lines" (
    "id" BIGSERIAL NOT NULL,
    "record" TEXT NOT NULL,
    "line_id" BIGINT NOT NULL,

    CONSTRAINT "unsealed_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
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

-- CreateTable
CREATE TABLE "record_checks" (
    "id" SERIAL NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "faults" INTEGER NOT NULL,
    "first" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "record_checks_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "record_seals_record_line_id_key" ON "record_seals"("record", "line_id");

-- What Prisma cannot express.
ALTER TABLE "record_seals"
  ADD CONSTRAINT "record_seals_record_check" CHECK ("record" IN ('moderation', 'accounts', 'desk')),
  ADD CONSTRAINT "record_seals_seq_check" CHECK ("seq" > 0),
  ADD CONSTRAINT "record_seals_hashes_check" CHECK (octet_length("hash") = 32 AND octet_length("words_hash") = 32);

-- Every line waits for its seal, whoever writes it. The trigger's argument is the record's name.
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

-- What was written before there were seals.
INSERT INTO "unsealed_lines" ("record", "line_id")
SELECT record, id FROM (
  SELECT 'moderation' AS record, id::bigint, created_at FROM "moderation_actions"
  UNION ALL SELECT 'accounts', id, created_at FROM "audit_events"
  UNION ALL SELECT 'desk', id, created_at FROM "editorial_actions") lines
ORDER BY created_at, record, id;

-- Words can be erased, where the law asks for it; nothing else of a line can be changed, and nothing of a seal but its salt.
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
DROP TRIGGER "moderation_actions_append_only" ON "moderation_actions";
CREATE TRIGGER "moderation_actions_append_only" BEFORE UPDATE OR DELETE ON "moderation_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
DROP TRIGGER "audit_events_append_only" ON "audit_events";
CREATE TRIGGER "audit_events_append_only" BEFORE UPDATE OR DELETE ON "audit_events"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
DROP TRIGGER "editorial_actions_append_only" ON "editorial_actions";
CREATE TRIGGER "editorial_actions_append_only" BEFORE UPDATE OR DELETE ON "editorial_actions"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
CREATE TRIGGER "record_seals_append_only" BEFORE UPDATE OR DELETE ON "record_seals"
  FOR EACH ROW EXECUTE FUNCTION "refuse_all_but_erasing"();
CREATE TRIGGER "record_seals_keep" BEFORE TRUNCATE ON "record_seals"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_checks_append_only" BEFORE UPDATE OR DELETE ON "record_checks"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "record_checks_keep" BEFORE TRUNCATE ON "record_checks"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Erases the words of one line for good, by the tables' owner: SELECT erase_words('moderation', 17). The line and its seal stay.
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
