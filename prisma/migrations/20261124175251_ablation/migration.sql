-- CreateTable
CREATE TABLE "rater_exclusion" (
    "seq" BIGINT NOT NULL,
    "study_id" INTEGER NOT NULL,
    "rater_id" UUID NOT NULL,
    "is_excluded" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rater_exclusion_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "study_watch" (
    "study_id" INTEGER NOT NULL,
    "watermark" BIGINT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "study_watch_pkey" PRIMARY KEY ("study_id")
);

-- CreateTable
CREATE TABLE "pair_chance" (
    "study_id" INTEGER NOT NULL,
    "arm_a_id" INTEGER NOT NULL,
    "arm_b_id" INTEGER NOT NULL,
    "chance" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "pair_chance_pkey" PRIMARY KEY ("study_id","arm_a_id","arm_b_id")
);

-- CreateTable
CREATE TABLE "rendition_score" (
    "study_id" INTEGER NOT NULL,
    "arm_id" INTEGER NOT NULL,
    "prompt_id" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "rendition_score_pkey" PRIMARY KEY ("study_id","arm_id","prompt_id","metric")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "seed" INTEGER NOT NULL,
    "watermark" BIGINT NOT NULL,
    "exclusion" JSONB NOT NULL,
    "breakdown" JSONB NOT NULL,
    "analysis" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "arm_id" INTEGER,
    "reason" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "advice" JSONB NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- Rankings of one moment become one snapshot. `breakdown` moves from the rankings to it.
ALTER TABLE "ranking" ADD COLUMN "snapshot_id" INTEGER;
INSERT INTO "snapshot" ("study_id", "version", "seed", "watermark", "exclusion", "breakdown", "created_at")
SELECT "study_id", "version", "seed", "watermark", "exclusion", (array_agg("result" -> 'breakdown'))[1], min("created_at")
FROM "ranking" GROUP BY "study_id", "version", "seed", "watermark", "exclusion"
ORDER BY min("id");
UPDATE "ranking" r SET "snapshot_id" = s."id", "result" = r."result" - 'breakdown'
FROM "snapshot" s
WHERE (s."study_id", s."version", s."seed", s."watermark", s."exclusion")
  = (r."study_id", r."version", r."seed", r."watermark", r."exclusion");
ALTER TABLE "ranking" DROP CONSTRAINT "ranking_study_id_fkey";
DROP INDEX "ranking_study_id_question_method_watermark_idx";
ALTER TABLE "ranking" ALTER COLUMN "snapshot_id" SET NOT NULL,
DROP COLUMN "created_at",
DROP COLUMN "exclusion",
DROP COLUMN "seed",
DROP COLUMN "study_id",
DROP COLUMN "version",
DROP COLUMN "watermark";

-- CreateIndex
CREATE INDEX "rater_exclusion_study_id_seq_idx" ON "rater_exclusion"("study_id", "seq");

-- CreateIndex
CREATE INDEX "rater_exclusion_rater_id_seq_idx" ON "rater_exclusion"("rater_id", "seq");

-- CreateIndex
CREATE INDEX "snapshot_study_id_watermark_idx" ON "snapshot"("study_id", "watermark");

-- CreateIndex
CREATE INDEX "decision_study_id_id_idx" ON "decision"("study_id", "id");

-- CreateIndex
CREATE INDEX "ranking_snapshot_id_method_idx" ON "ranking"("snapshot_id", "method");

-- AddForeignKey
ALTER TABLE "study_watch" ADD CONSTRAINT "study_watch_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pair_chance" ADD CONSTRAINT "pair_chance_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition_score" ADD CONSTRAINT "rendition_score_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition_score" ADD CONSTRAINT "rendition_score_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition_score" ADD CONSTRAINT "rendition_score_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Decisions and exclusions are only ever added.
CREATE TRIGGER rater_exclusion_is_append_only BEFORE UPDATE OR DELETE ON "rater_exclusion"
  FOR EACH ROW EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER rater_exclusion_is_never_truncated BEFORE TRUNCATE ON "rater_exclusion"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER decision_is_append_only BEFORE UPDATE OR DELETE ON "decision"
  FOR EACH ROW EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER decision_is_never_truncated BEFORE TRUNCATE ON "decision"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_vote_change();

ALTER TABLE "rater" ADD COLUMN     "is_excluded" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "rater_exclusion" ADD COLUMN     "because" TEXT NOT NULL;

CREATE TABLE "rater_review" (
    "study_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "watermark" BIGINT NOT NULL,
    "exclusion" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rater_review_pkey" PRIMARY KEY ("study_id")
);

CREATE TABLE "rater_quality" (
    "rater_id" UUID NOT NULL,
    "study_id" INTEGER NOT NULL,
    "flags" TEXT[],
    "votes" INTEGER NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "rater_quality_pkey" PRIMARY KEY ("rater_id")
);

CREATE INDEX "rater_quality_study_id_idx" ON "rater_quality"("study_id");

ALTER TABLE "rater_review" ADD CONSTRAINT "rater_review_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "rater_quality" ADD CONSTRAINT "rater_quality_rater_id_fkey" FOREIGN KEY ("rater_id") REFERENCES "rater"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "rater_quality" ADD CONSTRAINT "rater_quality_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "rater_review"("study_id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "snapshot_check" (
    "id" SERIAL NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "snapshot_check_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "snapshot_check_snapshot_id_id_idx" ON "snapshot_check"("snapshot_id", "id");

ALTER TABLE "snapshot_check" ADD CONSTRAINT "snapshot_check_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "rater_review" ADD COLUMN     "milliseconds" INTEGER NOT NULL;

ALTER TABLE "cell" ADD COLUMN     "arm_a_id" INTEGER,
ADD COLUMN     "arm_b_id" INTEGER;

-- Finds the open cells of a pair of arms; balanced studies have no entry in it, so it costs them nothing.
CREATE INDEX "cell_open_of_pair" ON "cell"("study_id", "arm_a_id", "arm_b_id", "load", "shuffle")
  WHERE "arm_a_id" IS NOT NULL;
