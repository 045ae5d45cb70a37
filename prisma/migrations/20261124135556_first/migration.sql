-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('rater', 'researcher', 'admin');

-- CreateEnum
CREATE TYPE "ImportKind" AS ENUM ('video', 'caption');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('receiving', 'waiting', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "VideoState" AS ENUM ('waiting', 'accepted', 'refused');

-- CreateEnum
CREATE TYPE "StudyKind" AS ENUM ('video', 'caption');

-- CreateEnum
CREATE TYPE "StudyState" AS ENUM ('draft', 'running', 'paused', 'closed');

-- CreateEnum
CREATE TYPE "RenditionState" AS ENUM ('waiting', 'ready', 'failed');

-- CreateEnum
CREATE TYPE "ComparisonKind" AS ENUM ('regular', 'gold', 'same', 'repeat');

-- CreateEnum
CREATE TYPE "RaterOrigin" AS ENUM ('link', 'trial', 'simulated', 'imported');

-- CreateEnum
CREATE TYPE "AssignmentState" AS ENUM ('leased', 'done', 'expired', 'returned', 'broken', 'closed');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('left', 'right', 'tie');

-- CreateEnum
CREATE TYPE "VoteStatus" AS ENUM ('counted', 'surplus', 'trial', 'check');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "session_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project_member" (
    "project_id" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "project_member_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "video_import" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ImportKind" NOT NULL,
    "state" "ImportState" NOT NULL DEFAULT 'receiving',
    "source" JSONB NOT NULL,
    "problem" TEXT,
    "explanation" TEXT,
    "notices" TEXT[],
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "listed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "video_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "uploaded_file" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "uploaded_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "video" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "prompt" TEXT NOT NULL,
    "prompt_text" TEXT,
    "seed" INTEGER NOT NULL DEFAULT 0,
    "state" "VideoState" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "hash" TEXT,
    "bytes" BIGINT,
    "width" INTEGER,
    "height" INTEGER,
    "fps" DOUBLE PRECISION,
    "duration_seconds" DOUBLE PRECISION,
    "frame_count" INTEGER,
    "codec" TEXT,
    "has_audio" BOOLEAN,
    "poster_hash" TEXT,
    "sheet_hash" TEXT,

    CONSTRAINT "video_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "caption" (
    "id" SERIAL NOT NULL,
    "import_id" INTEGER NOT NULL,
    "clip" TEXT NOT NULL,
    "captioner" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "caption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "study" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "kind" "StudyKind" NOT NULL,
    "state" "StudyState" NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "join_code" TEXT NOT NULL,
    "trial_code" TEXT NOT NULL,
    "count_simulated" BOOLEAN NOT NULL DEFAULT true,
    "count_imported" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "study_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "arm" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "level" DOUBLE PRECISION,

    CONSTRAINT "arm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prompt" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "prompt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rendition" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "arm_id" INTEGER NOT NULL,
    "prompt_id" INTEGER NOT NULL,
    "take" INTEGER NOT NULL DEFAULT 0,
    "state" "RenditionState" NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "source_hash" TEXT NOT NULL,
    "text" TEXT,
    "hash" TEXT,
    "bytes" INTEGER,
    "wire_bytes" INTEGER,
    "poster_hash" TEXT,
    "sheet_hash" TEXT,
    "transform" JSONB,

    CONSTRAINT "rendition_pkey" PRIMARY KEY ("id")
);

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

-- CreateTable
CREATE TABLE "picture" (
    "project_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "picture_pkey" PRIMARY KEY ("project_id","hash")
);

-- CreateTable
CREATE TABLE "acknowledgement" (
    "study_id" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "acknowledgement_pkey" PRIMARY KEY ("study_id","field")
);

-- CreateTable
CREATE TABLE "comparison" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "prompt_id" INTEGER NOT NULL,
    "arm_a_id" INTEGER NOT NULL,
    "arm_b_id" INTEGER NOT NULL,
    "kind" "ComparisonKind" NOT NULL DEFAULT 'regular',
    "rendition_a_id" INTEGER NOT NULL,
    "rendition_b_id" INTEGER NOT NULL,
    "expected" TEXT,

    CONSTRAINT "comparison_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cell" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "comparison_id" INTEGER NOT NULL,
    "kind" "ComparisonKind" NOT NULL DEFAULT 'regular',
    "question" INTEGER NOT NULL,
    "wanted" INTEGER NOT NULL,
    "counted" INTEGER NOT NULL DEFAULT 0,
    "load" INTEGER NOT NULL DEFAULT 0,
    "lead" INTEGER NOT NULL DEFAULT 0,
    "shuffle" INTEGER NOT NULL,

    CONSTRAINT "cell_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rater" (
    "id" UUID NOT NULL,
    "study_id" INTEGER NOT NULL,
    "origin" "RaterOrigin" NOT NULL,
    "external_id" TEXT,
    "locale" TEXT,
    "trained_at" TIMESTAMPTZ(3),
    "credited" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rater_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rater_session" (
    "id" UUID NOT NULL,
    "rater_id" UUID NOT NULL,
    "wanted_pairs" INTEGER NOT NULL,
    "done_pairs" INTEGER NOT NULL DEFAULT 0,
    "drawn_pairs" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "completion_code" TEXT NOT NULL,

    CONSTRAINT "rater_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "id" UUID NOT NULL,
    "study_id" INTEGER NOT NULL,
    "comparison_id" INTEGER NOT NULL,
    "rater_id" UUID NOT NULL,
    "session_id" UUID,
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "pair_number" INTEGER NOT NULL DEFAULT 0,
    "state" "AssignmentState" NOT NULL DEFAULT 'leased',
    "questions" INTEGER[],
    "answered" INTEGER NOT NULL DEFAULT 0,
    "a_on_left" BOOLEAN NOT NULL,
    "propensity" DOUBLE PRECISION NOT NULL,
    "leased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "problem" TEXT,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote" (
    "seq" BIGSERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "assignment_id" UUID,
    "comparison_id" INTEGER,
    "prompt_id" INTEGER,
    "rater_id" UUID NOT NULL,
    "question" INTEGER NOT NULL,
    "kind" "ComparisonKind" NOT NULL DEFAULT 'regular',
    "status" "VoteStatus" NOT NULL,
    "origin" "RaterOrigin" NOT NULL,
    "left_arm_id" INTEGER NOT NULL,
    "right_arm_id" INTEGER NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "decision_ms" INTEGER,
    "plays_left" INTEGER,
    "plays_right" INTEGER,
    "watched_left" DOUBLE PRECISION,
    "watched_right" DOUBLE PRECISION,
    "screen_width" INTEGER,
    "screen_height" INTEGER,
    "marks" TEXT[],
    "import_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "retraction" (
    "seq" BIGINT NOT NULL,
    "vote_seq" BIGINT NOT NULL,
    "study_id" INTEGER NOT NULL,
    "rater_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retraction_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "ranking" (
    "id" SERIAL NOT NULL,
    "study_id" INTEGER NOT NULL,
    "question" INTEGER,
    "method" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "watermark" BIGINT NOT NULL,
    "exclusion" JSONB NOT NULL,
    "votes" INTEGER NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ranking_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_token_hash_key" ON "one_time_link"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "project_slug_key" ON "project"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "video_import_project_id_slug_key" ON "video_import"("project_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "uploaded_file_import_id_path_key" ON "uploaded_file"("import_id", "path");

-- CreateIndex
CREATE INDEX "video_import_id_state_idx" ON "video"("import_id", "state");

-- CreateIndex
CREATE INDEX "video_import_id_model_prompt_seed_idx" ON "video"("import_id", "model", "prompt", "seed");

-- CreateIndex
CREATE INDEX "video_import_id_prompt_idx" ON "video"("import_id", "prompt");

-- CreateIndex
CREATE UNIQUE INDEX "video_import_id_path_key" ON "video"("import_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "caption_import_id_clip_captioner_key" ON "caption"("import_id", "clip", "captioner");

-- CreateIndex
CREATE INDEX "study_join_code_idx" ON "study"("join_code");

-- CreateIndex
CREATE INDEX "study_trial_code_idx" ON "study"("trial_code");

-- CreateIndex
CREATE UNIQUE INDEX "study_project_id_slug_revision_key" ON "study"("project_id", "slug", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "arm_study_id_position_key" ON "arm"("study_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "arm_study_id_name_key" ON "arm"("study_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_study_id_position_key" ON "prompt"("study_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "prompt_study_id_key_key" ON "prompt"("study_id", "key");

-- CreateIndex
CREATE INDEX "rendition_study_id_state_idx" ON "rendition"("study_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "rendition_arm_id_prompt_id_take_key" ON "rendition"("arm_id", "prompt_id", "take");

-- CreateIndex
CREATE INDEX "comparison_study_id_kind_idx" ON "comparison"("study_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "comparison_study_id_prompt_id_arm_a_id_arm_b_id_kind_key" ON "comparison"("study_id", "prompt_id", "arm_a_id", "arm_b_id", "kind");

-- CreateIndex
CREATE INDEX "cell_study_id_kind_load_shuffle_idx" ON "cell"("study_id", "kind", "load", "shuffle");

-- CreateIndex
CREATE UNIQUE INDEX "cell_comparison_id_question_key" ON "cell"("comparison_id", "question");

-- CreateIndex
CREATE UNIQUE INDEX "rater_study_id_origin_external_id_key" ON "rater"("study_id", "origin", "external_id");

-- CreateIndex
CREATE INDEX "rater_session_rater_id_ended_at_idx" ON "rater_session"("rater_id", "ended_at");

-- CreateIndex
CREATE INDEX "assignment_rater_id_state_idx" ON "assignment"("rater_id", "state");

-- CreateIndex
CREATE INDEX "assignment_state_lease_expires_at_idx" ON "assignment"("state", "lease_expires_at");

-- CreateIndex
CREATE INDEX "assignment_comparison_id_idx" ON "assignment"("comparison_id");

-- CreateIndex
CREATE UNIQUE INDEX "assignment_rater_id_comparison_id_attempt_key" ON "assignment"("rater_id", "comparison_id", "attempt");

-- CreateIndex
CREATE INDEX "vote_study_id_seq_idx" ON "vote"("study_id", "seq");

-- CreateIndex
CREATE INDEX "vote_rater_id_seq_idx" ON "vote"("rater_id", "seq");

-- CreateIndex
CREATE INDEX "vote_comparison_id_idx" ON "vote"("comparison_id");

-- CreateIndex
CREATE UNIQUE INDEX "vote_assignment_id_question_key" ON "vote"("assignment_id", "question");

-- CreateIndex
CREATE UNIQUE INDEX "vote_study_id_import_key_key" ON "vote"("study_id", "import_key");

-- CreateIndex
CREATE UNIQUE INDEX "retraction_vote_seq_key" ON "retraction"("vote_seq");

-- CreateIndex
CREATE INDEX "retraction_study_id_seq_idx" ON "retraction"("study_id", "seq");

-- CreateIndex
CREATE INDEX "ranking_study_id_question_method_watermark_idx" ON "ranking"("study_id", "question", "method", "watermark");

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_import" ADD CONSTRAINT "video_import_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "uploaded_file" ADD CONSTRAINT "uploaded_file_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "video_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video" ADD CONSTRAINT "video_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "video_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caption" ADD CONSTRAINT "caption_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "video_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "study" ADD CONSTRAINT "study_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "arm" ADD CONSTRAINT "arm_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_arm_id_fkey" FOREIGN KEY ("arm_id") REFERENCES "arm"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rendition" ADD CONSTRAINT "rendition_prompt_id_fkey" FOREIGN KEY ("prompt_id") REFERENCES "prompt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "picture" ADD CONSTRAINT "picture_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cell" ADD CONSTRAINT "cell_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rater" ADD CONSTRAINT "rater_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rater_session" ADD CONSTRAINT "rater_session_rater_id_fkey" FOREIGN KEY ("rater_id") REFERENCES "rater"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_comparison_id_fkey" FOREIGN KEY ("comparison_id") REFERENCES "comparison"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_rater_id_fkey" FOREIGN KEY ("rater_id") REFERENCES "rater"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ranking" ADD CONSTRAINT "ranking_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "study"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Votes and retractions are append-only. They go only after the study that they belonged to.
CREATE FUNCTION refuse_vote_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM study WHERE id = old.study_id) THEN
      RETURN old;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are append-only', tg_table_name USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER vote_is_append_only BEFORE UPDATE OR DELETE ON "vote"
  FOR EACH ROW EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER vote_is_never_truncated BEFORE TRUNCATE ON "vote"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER retraction_is_append_only BEFORE UPDATE OR DELETE ON "retraction"
  FOR EACH ROW EXECUTE FUNCTION refuse_vote_change();
CREATE TRIGGER retraction_is_never_truncated BEFORE TRUNCATE ON "retraction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_vote_change();
