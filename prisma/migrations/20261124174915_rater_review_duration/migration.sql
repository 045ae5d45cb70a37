-- AlterTable
ALTER TABLE "rater_review" ADD COLUMN     "milliseconds" INTEGER NOT NULL;
