-- AlterTable
ALTER TABLE "cell" ADD COLUMN     "arm_a_id" INTEGER,
ADD COLUMN     "arm_b_id" INTEGER;

-- Finds the open cells of a pair of arms; balanced studies have no entry in it, so it costs them nothing.
CREATE INDEX "cell_open_of_pair" ON "cell"("study_id", "arm_a_id", "arm_b_id", "load", "shuffle")
  WHERE "arm_a_id" IS NOT NULL;
