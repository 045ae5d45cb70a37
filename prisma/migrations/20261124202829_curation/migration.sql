-- CreateEnum
CREATE TYPE "WorkState" AS ENUM ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "mix" JSONB;

-- CreateTable
CREATE TABLE "curation_run" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'waiting',
    "source" JSONB NOT NULL,
    "steps" JSONB NOT NULL,
    "target" JSONB NOT NULL,
    "stage" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "curation_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "curation_unit" (
    "id" SERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'waiting',
    "input" JSONB NOT NULL,
    "output" JSONB,
    "clips" INTEGER NOT NULL DEFAULT 0,
    "faulty" INTEGER NOT NULL DEFAULT 0,
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "problem" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "crashes" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "curation_unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "curation_fault" (
    "id" SERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "step" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "uid" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "curation_fault_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_version" (
    "id" SERIAL NOT NULL,
    "dataset_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'waiting',
    "source" JSONB NOT NULL,
    "mapping" JSONB NOT NULL,
    "hash" TEXT,
    "parts" TEXT[],
    "clips" BIGINT,
    "refused" BIGINT,
    "bytes" BIGINT,
    "columns" JSONB,
    "validation" JSONB,
    "profile" JSONB,
    "lineage" JSONB,
    "progress" JSONB,
    "problem" TEXT,
    "run_id" INTEGER,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "dataset_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dataset_axis" (
    "id" SERIAL NOT NULL,
    "version_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'waiting',
    "result" JSONB,
    "progress" JSONB,
    "problem" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "dataset_axis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subset" (
    "id" SERIAL NOT NULL,
    "version_id" INTEGER NOT NULL,
    "axis_id" INTEGER,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "definition_hash" TEXT NOT NULL,
    "clips" BIGINT,
    "counts" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manifest" (
    "id" SERIAL NOT NULL,
    "subset_id" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "state" "WorkState" NOT NULL DEFAULT 'waiting',
    "hash" TEXT,
    "bytes" BIGINT,
    "sidecar_hash" TEXT,
    "progress" JSONB,
    "problem" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "manifest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "curation_run_project_id_slug_key" ON "curation_run"("project_id", "slug");

-- CreateIndex
CREATE INDEX "curation_unit_run_id_step_state_idx" ON "curation_unit"("run_id", "step", "state");

-- CreateIndex
CREATE UNIQUE INDEX "curation_unit_run_id_step_position_key" ON "curation_unit"("run_id", "step", "position");

-- CreateIndex
CREATE UNIQUE INDEX "curation_fault_run_id_step_uid_key" ON "curation_fault"("run_id", "step", "uid");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_project_id_slug_key" ON "dataset"("project_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_version_dataset_id_number_key" ON "dataset_version"("dataset_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "dataset_axis_version_id_slug_key" ON "dataset_axis"("version_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "subset_version_id_slug_key" ON "subset"("version_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "subset_version_id_definition_hash_key" ON "subset"("version_id", "definition_hash");

-- CreateIndex
CREATE UNIQUE INDEX "manifest_subset_id_format_key" ON "manifest"("subset_id", "format");

-- AddForeignKey
ALTER TABLE "curation_run" ADD CONSTRAINT "curation_run_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "curation_unit" ADD CONSTRAINT "curation_unit_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "curation_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "curation_fault" ADD CONSTRAINT "curation_fault_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "curation_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset" ADD CONSTRAINT "dataset_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "curation_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dataset_axis" ADD CONSTRAINT "dataset_axis_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subset" ADD CONSTRAINT "subset_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "dataset_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subset" ADD CONSTRAINT "subset_axis_id_fkey" FOREIGN KEY ("axis_id") REFERENCES "dataset_axis"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manifest" ADD CONSTRAINT "manifest_subset_id_fkey" FOREIGN KEY ("subset_id") REFERENCES "subset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
