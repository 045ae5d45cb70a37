-- CreateTable
CREATE TABLE "rendered_video" (
    "source_hash" TEXT NOT NULL,
    "profile_key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "poster_hash" TEXT NOT NULL,
    "sheet_hash" TEXT NOT NULL,
    "transform" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rendered_video_pkey" PRIMARY KEY ("source_hash","profile_key")
);
