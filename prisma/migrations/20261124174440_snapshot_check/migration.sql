-- CreateTable
CREATE TABLE "snapshot_check" (
    "id" SERIAL NOT NULL,
    "snapshot_id" INTEGER NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" JSONB,

    CONSTRAINT "snapshot_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "snapshot_check_snapshot_id_id_idx" ON "snapshot_check"("snapshot_id", "id");

-- AddForeignKey
ALTER TABLE "snapshot_check" ADD CONSTRAINT "snapshot_check_snapshot_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;
