-- AlterTable
ALTER TABLE "rater" ADD COLUMN     "is_excluded" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "rater_exclusion" ADD COLUMN     "because" TEXT NOT NULL;

-- CreateTable
CREATE TABLE "rater_review" (
    "study_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "watermark" BIGINT NOT NULL,
    "exclusion" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rater_review_pkey" PRIMARY KEY ("study_id")
);

-- CreateTable
CREATE TABLE "rater_quality" (
    "rater_id" UUID NOT NULL,
    "study_id" INTEGER NOT NULL,
    "flags" TEXT[],
    "votes" INTEGER NOT NULL,
    "result" JSONB NOT NULL,

    CONSTRAINT "rater_quality_pkey" PRIMARY KEY ("rater_id")
);

-- CreateIndex
CREATE INDEX "rater_quality_study_id_idx" ON "rater_quality"("study_id");

-- AddForeignKey
ALTER TABLE "rater_review" ADD CONSTRAINT "rater_review_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rater_quality" ADD CONSTRAINT "rater_quality_rater_id_fkey" FOREIGN KEY ("rater_id") REFERENCES "rater"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rater_quality" ADD CONSTRAINT "rater_quality_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "rater_review"("study_id") ON DELETE CASCADE ON UPDATE CASCADE;
