CREATE SCHEMA "platform";
--> statement-breakpoint
CREATE SCHEMA "alerts";
--> statement-breakpoint
CREATE SCHEMA "evaluation";
--> statement-breakpoint
CREATE SCHEMA "measurement";
--> statement-breakpoint
CREATE SCHEMA "notices";
--> statement-breakpoint
CREATE SCHEMA "organisation";
--> statement-breakpoint
CREATE SCHEMA "plans";
--> statement-breakpoint
CREATE SCHEMA "reports";
--> statement-breakpoint
CREATE SCHEMA "verification";
--> statement-breakpoint
CREATE TABLE "platform"."attachment" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL,
	"uploaded_by_id" text NOT NULL,
	"uploaded_by_name" text NOT NULL,
	"used_by" text
);
--> statement-breakpoint
CREATE TABLE "platform"."webhook_delivery" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"subscription" uuid NOT NULL,
	"event" text NOT NULL,
	"source" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_attempt_at" timestamp with time zone,
	"next_attempt_at" timestamp with time zone,
	"last_status" integer,
	"last_problem" text
);
--> statement-breakpoint
CREATE TABLE "platform"."webhook_subscription" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"title" text NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"sealed" text NOT NULL,
	"enabled" boolean NOT NULL,
	"paused_because" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."delivery" (
	"event_id" uuid NOT NULL,
	"listener" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"delivered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_event_id_listener_pk" PRIMARY KEY("event_id","listener")
);
--> statement-breakpoint
CREATE TABLE "platform"."outbox_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"by" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "platform"."audit_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"route_name" text NOT NULL,
	"outcome" text NOT NULL,
	"status" integer NOT NULL,
	"problem_code" text,
	"duration_ms" integer NOT NULL,
	"request_id" text NOT NULL,
	"object" jsonb
);
--> statement-breakpoint
CREATE TABLE "platform"."idempotency" (
	"organisation_id" uuid NOT NULL,
	"actor_id" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"status" integer NOT NULL,
	"response" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_organisation_id_actor_id_key_pk" PRIMARY KEY("organisation_id","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "platform"."signing_key" (
	"organisation_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"public_key" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_key_organisation_id_key_id_pk" PRIMARY KEY("organisation_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."alert" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"rule_id" text NOT NULL,
	"rule_version" integer NOT NULL,
	"indicator" text,
	"entity" bigint NOT NULL,
	"members" jsonb NOT NULL,
	"colour" text NOT NULL,
	"rank" integer NOT NULL,
	"state" text NOT NULL,
	"signal" text NOT NULL,
	"readings" jsonb NOT NULL,
	"revised" boolean DEFAULT false NOT NULL,
	"muted" text,
	"drill" boolean DEFAULT false NOT NULL,
	"duty" jsonb NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"owed" integer NOT NULL,
	"owner_id" text,
	"answered_at" timestamp with time zone,
	"plan_id" uuid,
	"closed_at" timestamp with time zone,
	"closed_because" text,
	"history" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts"."duty" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"title" jsonb NOT NULL,
	"role" text NOT NULL,
	"owner_id" text,
	"due_at" timestamp with time zone NOT NULL,
	"every_hours" integer,
	"escalations" integer DEFAULT 0 NOT NULL,
	"escalate_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"done_by" text,
	"remark" text
);
--> statement-breakpoint
CREATE TABLE "alerts"."duty_policy" (
	"organisation_id" uuid NOT NULL,
	"policy" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "duty_policy_organisation_id_pk" PRIMARY KEY("organisation_id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."rule" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "rule_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "alerts"."rule_progress" (
	"organisation_id" uuid NOT NULL,
	"rule_id" text NOT NULL,
	"evaluated_to" date,
	"last_run_at" timestamp with time zone,
	"last_milliseconds" integer,
	"missed" integer DEFAULT 0 NOT NULL,
	"problem" jsonb,
	CONSTRAINT "rule_progress_organisation_id_rule_id_pk" PRIMARY KEY("organisation_id","rule_id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."signal" (
	"organisation_id" uuid NOT NULL,
	"rule_id" text NOT NULL,
	"entity" bigint NOT NULL,
	"state" text NOT NULL,
	"streak" integer NOT NULL,
	"severity" integer NOT NULL,
	"period_start" date NOT NULL,
	CONSTRAINT "signal_organisation_id_rule_id_entity_pk" PRIMARY KEY("organisation_id","rule_id","entity")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."run" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"scheme" text NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"grain" text NOT NULL,
	"code_version" text NOT NULL,
	"seed" double precision NOT NULL,
	"from_period" date NOT NULL,
	"to_period" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"score_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation"."run_period" (
	"organisation_id" uuid NOT NULL,
	"run" uuid NOT NULL,
	"period_start" date NOT NULL,
	"complete" boolean NOT NULL,
	"summary" jsonb NOT NULL,
	"indicators" jsonb NOT NULL,
	"basis" jsonb,
	"reach" jsonb,
	CONSTRAINT "run_period_organisation_id_run_period_start_pk" PRIMARY KEY("organisation_id","run","period_start")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."scheme" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"adoption" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"adopted_at" timestamp with time zone,
	"adopted_by" text,
	CONSTRAINT "scheme_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."standing" (
	"organisation_id" uuid NOT NULL,
	"scheme" text NOT NULL,
	"grain" text NOT NULL,
	"period_start" date NOT NULL,
	"track" text NOT NULL,
	"run" uuid NOT NULL,
	"calculated_at" timestamp with time zone NOT NULL,
	"stale" boolean DEFAULT false NOT NULL,
	"revised_at" timestamp with time zone,
	CONSTRAINT "standing_organisation_id_scheme_grain_period_start_track_pk" PRIMARY KEY("organisation_id","scheme","grain","period_start","track")
);
--> statement-breakpoint
CREATE TABLE "measurement"."batch" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"import_id" uuid,
	"origin" text,
	"acknowledged_at" timestamp with time zone NOT NULL,
	"sent" integer NOT NULL,
	"stored" integer NOT NULL,
	"corrected" integer DEFAULT 0 NOT NULL,
	"hash" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurement"."customer_setting" (
	"organisation_id" uuid NOT NULL,
	"attribute" text NOT NULL,
	"dealing_types" jsonb,
	"money_value" text,
	"channel_attribute" text,
	"rating_value" text,
	"complaint_types" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "customer_setting_organisation_id_pk" PRIMARY KEY("organisation_id")
);
--> statement-breakpoint
CREATE TABLE "measurement"."file_import" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"file" text NOT NULL,
	"file_name" text NOT NULL,
	"mapping_name" text,
	"definition" jsonb,
	"source_id" uuid,
	"on_repeat" text DEFAULT 'unasked' NOT NULL,
	"dry_run" boolean NOT NULL,
	"state" text NOT NULL,
	"read_bytes" bigint DEFAULT 0 NOT NULL,
	"total_bytes" bigint DEFAULT 0 NOT NULL,
	"row_count" bigint DEFAULT 0 NOT NULL,
	"stored" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"corrected" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"ahead" bigint DEFAULT 0 NOT NULL,
	"repeats" bigint DEFAULT 0 NOT NULL,
	"created_entities" bigint DEFAULT 0 NOT NULL,
	"issue_count" integer DEFAULT 0 NOT NULL,
	"problem" text,
	"asked_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"claim" uuid,
	"claimed_until" timestamp with time zone,
	"faults" integer DEFAULT 0 NOT NULL,
	"position" jsonb
);
--> statement-breakpoint
CREATE TABLE "measurement"."fold_fact" (
	"organisation_id" uuid NOT NULL,
	"id" bigint NOT NULL,
	"event_type" text NOT NULL,
	"fact" jsonb NOT NULL,
	"filled_from" date,
	"filled" boolean DEFAULT false NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fold_fact_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "measurement"."fold_mark" (
	"organisation_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"grain" text NOT NULL,
	"start" date NOT NULL,
	"rise" bigint DEFAULT 1 NOT NULL,
	CONSTRAINT "fold_mark_organisation_id_event_type_grain_start_pk" PRIMARY KEY("organisation_id","event_type","grain","start")
);
--> statement-breakpoint
CREATE TABLE "measurement"."hook_message" (
	"organisation_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"answered_at" timestamp with time zone NOT NULL,
	"answer" jsonb NOT NULL,
	CONSTRAINT "hook_message_organisation_id_source_id_message_id_pk" PRIMARY KEY("organisation_id","source_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "measurement"."import_issue" (
	"organisation_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"row_number" bigint NOT NULL,
	"field" text NOT NULL,
	"rule" text NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "import_issue_organisation_id_import_id_number_pk" PRIMARY KEY("organisation_id","import_id","number")
);
--> statement-breakpoint
CREATE TABLE "measurement"."indicator" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "indicator_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "measurement"."mapping" (
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "mapping_organisation_id_name_pk" PRIMARY KEY("organisation_id","name")
);
--> statement-breakpoint
CREATE TABLE "measurement"."retired_indicator" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"retired_at" timestamp with time zone NOT NULL,
	"retired_by" text NOT NULL,
	CONSTRAINT "retired_indicator_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "measurement"."source" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"kind" text NOT NULL,
	"mapping_name" text,
	"owner_id" text,
	"enabled" boolean NOT NULL,
	"expect_within_minutes" integer,
	"refuse_repeats" boolean NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed" text,
	"seen" jsonb,
	"next_at" timestamp with time zone,
	"last_arrival_at" timestamp with time zone,
	"watched_since" timestamp with time zone NOT NULL,
	"freshness" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurement"."source_run" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"source_id" uuid NOT NULL,
	"import_id" uuid,
	"file" text,
	"file_name" text,
	"hour" timestamp with time zone,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"state" text NOT NULL,
	"problem" text,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"messages" bigint DEFAULT 0 NOT NULL,
	"row_count" bigint DEFAULT 0 NOT NULL,
	"stored" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"corrected" bigint DEFAULT 0 NOT NULL,
	"refused" bigint DEFAULT 0 NOT NULL,
	"ahead" bigint DEFAULT 0 NOT NULL,
	"repeats" bigint DEFAULT 0 NOT NULL,
	"issue_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurement"."untold_events" (
	"organisation_id" uuid NOT NULL,
	"event_type" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"stored" bigint NOT NULL,
	CONSTRAINT "untold_events_organisation_id_event_type_pk" PRIMARY KEY("organisation_id","event_type")
);
--> statement-breakpoint
CREATE TABLE "measurement"."watched_file" (
	"organisation_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"name" text NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"changed_milliseconds" bigint NOT NULL,
	"taken" text,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "watched_file_organisation_id_source_id_name_pk" PRIMARY KEY("organisation_id","source_id","name")
);
--> statement-breakpoint
CREATE TABLE "notices"."delivery" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"target" text NOT NULL,
	"importance" text NOT NULL,
	"state" text NOT NULL,
	"digest" boolean NOT NULL,
	"attempts" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"batch" uuid,
	"together" integer NOT NULL,
	"problem" text,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "notices"."kind" (
	"organisation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	CONSTRAINT "kind_organisation_id_kind_pk" PRIMARY KEY("organisation_id","kind")
);
--> statement-breakpoint
CREATE TABLE "notices"."message" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"importance" text NOT NULL,
	"title" jsonb NOT NULL,
	"body" jsonb NOT NULL,
	"link" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices"."notice" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"importance" text NOT NULL,
	"hidden" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	"team_id" uuid,
	"step" integer NOT NULL,
	"escalate_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisation"."api_key" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"start" text NOT NULL,
	"sha256" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_key_sha256_unique" UNIQUE("sha256")
);
--> statement-breakpoint
CREATE TABLE "organisation"."calendar" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" jsonb NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "calendar_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "organisation"."calendar_version" (
	"organisation_id" uuid NOT NULL,
	"calendar_id" text NOT NULL,
	"version" integer NOT NULL,
	"effective_from" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL,
	"content" jsonb NOT NULL,
	CONSTRAINT "calendar_version_organisation_id_calendar_id_version_pk" PRIMARY KEY("organisation_id","calendar_id","version")
);
--> statement-breakpoint
CREATE TABLE "organisation"."entity" (
	"organisation_id" uuid NOT NULL,
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "organisation"."entity_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"parent" bigint,
	"path" bigint[] NOT NULL,
	"region" text,
	"latitude_degrees" double precision,
	"longitude_degrees" double precision,
	"attributes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation"."organisation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation"."period_settings" (
	"organisation_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation"."person" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "organisation"."role_assignment" (
	"organisation_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"role" text NOT NULL,
	"entity" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "role_assignment_organisation_id_person_id_role_entity_pk" PRIMARY KEY("organisation_id","person_id","role","entity")
);
--> statement-breakpoint
CREATE TABLE "organisation"."sign_in_account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation"."sign_in_failure" (
	"email" text PRIMARY KEY NOT NULL,
	"failure_count" integer NOT NULL,
	"locked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "organisation"."sign_in_session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "sign_in_session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "organisation"."sign_in_user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sign_in_user_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "organisation"."sign_in_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans"."plan" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"content" jsonb NOT NULL,
	"approved" jsonb,
	"approved_revision" integer,
	"entity" bigint NOT NULL,
	"alert_id" uuid,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans"."step" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"role" text NOT NULL,
	"what" text NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plans"."task" (
	"organisation_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"owner_id" text NOT NULL,
	"starts_on" date,
	"due_on" date NOT NULL,
	"state" text NOT NULL,
	"remark" text DEFAULT '' NOT NULL,
	CONSTRAINT "task_plan_id_id_pk" PRIMARY KEY("plan_id","id")
);
--> statement-breakpoint
CREATE TABLE "reports"."chosen_dashboard" (
	"organisation_id" uuid NOT NULL,
	"person" text NOT NULL,
	"dashboard" uuid NOT NULL,
	CONSTRAINT "chosen_dashboard_organisation_id_person_pk" PRIMARY KEY("organisation_id","person")
);
--> statement-breakpoint
CREATE TABLE "reports"."dashboard" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"owner_id" text NOT NULL,
	"owner_name" text NOT NULL,
	"shared_with" text NOT NULL,
	"shared_roles" text[] NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "reports"."dashboard_version" (
	"organisation_id" uuid NOT NULL,
	"dashboard" uuid NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"tile_count" integer NOT NULL,
	"restored_from" integer,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "dashboard_version_dashboard_version_pk" PRIMARY KEY("dashboard","version")
);
--> statement-breakpoint
CREATE TABLE "reports"."default_dashboard" (
	"organisation_id" uuid NOT NULL,
	"role" text NOT NULL,
	"dashboard" uuid NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" text NOT NULL,
	CONSTRAINT "default_dashboard_organisation_id_role_pk" PRIMARY KEY("organisation_id","role")
);
--> statement-breakpoint
CREATE TABLE "verification"."design" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"plan_id" uuid NOT NULL,
	"plan_revision" integer NOT NULL,
	"plan_title" text NOT NULL,
	"plan_kind" text NOT NULL,
	"frozen" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"ends_on" date NOT NULL,
	"state" text NOT NULL,
	"frozen_at" timestamp with time zone NOT NULL,
	"verdict" jsonb,
	"points" jsonb,
	"comparison" jsonb,
	"waiver" jsonb,
	"watch_until" date,
	"watch" jsonb
);
--> statement-breakpoint
CREATE TABLE "alerts"."incident" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"entity" bigint NOT NULL,
	"from" date NOT NULL,
	"until" date NOT NULL,
	"title" text NOT NULL,
	"rule_id" text,
	"source" text NOT NULL,
	"alert_id" uuid,
	"nothing" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts"."mention" (
	"organisation_id" uuid NOT NULL,
	"rule_id" text NOT NULL,
	"text_id" text NOT NULL,
	"entity" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"phrase" text NOT NULL,
	"excerpt" text NOT NULL,
	CONSTRAINT "mention_organisation_id_rule_id_text_id_pk" PRIMARY KEY("organisation_id","rule_id","text_id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."watched_text" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "watched_text_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."inhibition" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"draft" jsonb NOT NULL,
	CONSTRAINT "inhibition_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."quiet" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"match" jsonb NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"repeats_every_days" integer,
	"reason" text NOT NULL,
	"lifted_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts"."drill" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"quarter" date NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"plan_id" text NOT NULL,
	"entity" bigint NOT NULL,
	"colour" text NOT NULL,
	"state" text NOT NULL,
	"alert_id" uuid,
	"response_id" uuid,
	"seed" text,
	"findings" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts"."drill_programme" (
	"organisation_id" uuid NOT NULL,
	"programme" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "drill_programme_organisation_id_pk" PRIMARY KEY("organisation_id")
);
--> statement-breakpoint
CREATE TABLE "alerts"."drill_quarter" (
	"organisation_id" uuid NOT NULL,
	"quarter" date NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"rule" jsonb NOT NULL,
	"seed" text NOT NULL,
	CONSTRAINT "drill_quarter_organisation_id_quarter_pk" PRIMARY KEY("organisation_id","quarter")
);
--> statement-breakpoint
CREATE TABLE "alerts"."response" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"plan_id" text NOT NULL,
	"plan_version" integer NOT NULL,
	"plan" jsonb NOT NULL,
	"drill" boolean NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" text NOT NULL,
	"ended_at" timestamp with time zone,
	"progress" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts"."response_plan" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "response_plan_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "alerts"."sharing" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"subscription_id" text NOT NULL,
	"alert_id" uuid NOT NULL,
	"what" text NOT NULL,
	"colour" text NOT NULL,
	"time" integer NOT NULL,
	"delivery" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text
);
--> statement-breakpoint
CREATE TABLE "alerts"."subscription" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"draft" jsonb NOT NULL,
	"below" bigint NOT NULL,
	"webhook" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "subscription_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."assessment" (
	"organisation_id" uuid NOT NULL,
	"scheme" text NOT NULL,
	"item" text NOT NULL,
	"grain" text NOT NULL,
	"period_start" date NOT NULL,
	"entity" bigint NOT NULL,
	"rater" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"value" double precision NOT NULL,
	"remark" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "assessment_organisation_id_scheme_item_grain_period_start_entity_rater_person_id_pk" PRIMARY KEY("organisation_id","scheme","item","grain","period_start","entity","rater","person_id")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."appeal" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"publication" uuid NOT NULL,
	"entity" bigint NOT NULL,
	"item" text,
	"text" text NOT NULL,
	"against" text NOT NULL,
	"state" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"made_by_id" text NOT NULL,
	"made_by_name" text NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decision" text DEFAULT '' NOT NULL,
	"adjustments" jsonb NOT NULL,
	"corrected_in" uuid
);
--> statement-breakpoint
CREATE TABLE "evaluation"."consequence" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"draft" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "consequence_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "evaluation"."publication" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"scheme" text NOT NULL,
	"version" integer NOT NULL,
	"grain" text NOT NULL,
	"period_start" date NOT NULL,
	"track" text NOT NULL,
	"state" text NOT NULL,
	"run" uuid NOT NULL,
	"base_run" uuid NOT NULL,
	"open" boolean NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by" text NOT NULL,
	"previewed_at" timestamp with time zone,
	"previewed_by" text,
	"appeals_until" timestamp with time zone,
	"published_at" timestamp with time zone,
	"published_by" text,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"ended_because" text DEFAULT '' NOT NULL,
	"corrects" uuid,
	"corrected_by" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"adjustments" jsonb NOT NULL,
	"file" jsonb
);
--> statement-breakpoint
CREATE TABLE "evaluation"."published_unit" (
	"organisation_id" uuid NOT NULL,
	"publication" uuid NOT NULL,
	"place" integer NOT NULL,
	"entity" bigint NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"peer_group" text,
	"composite" double precision,
	"stars" integer,
	"code" text NOT NULL,
	"score" jsonb NOT NULL,
	CONSTRAINT "published_unit_organisation_id_publication_place_pk" PRIMARY KEY("organisation_id","publication","place")
);
--> statement-breakpoint
CREATE TABLE "measurement"."annotation" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"indicator" text,
	"entity" bigint,
	"from_day" date NOT NULL,
	"to_day" date,
	"text_zh" text NOT NULL,
	"text_en" text NOT NULL,
	"origin" text,
	"origin_key" text,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL,
	"removed_at" timestamp with time zone,
	"removed_by" text
);
--> statement-breakpoint
CREATE TABLE "measurement"."industry_figure" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"indicator" text NOT NULL,
	"value" double precision NOT NULL,
	"unit" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"source" text NOT NULL,
	"published_on" date NOT NULL,
	"n" double precision,
	"note" text NOT NULL,
	"supersedes" uuid,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurement"."pin" (
	"organisation_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"indicator" text NOT NULL,
	"pinned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pin_organisation_id_person_id_indicator_pk" PRIMARY KEY("organisation_id","person_id","indicator")
);
--> statement-breakpoint
CREATE TABLE "measurement"."publication" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"indicator" text NOT NULL,
	"version" integer NOT NULL,
	"grain" text NOT NULL,
	"period_start" date NOT NULL,
	"kind" text NOT NULL,
	"from_at" timestamp with time zone NOT NULL,
	"until_at" timestamp with time zone NOT NULL,
	"revision" integer NOT NULL,
	"reason" text NOT NULL,
	"units" integer NOT NULL,
	"changed" integer NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "measurement"."publication_change" (
	"organisation_id" uuid NOT NULL,
	"publication_id" uuid NOT NULL,
	"entity" bigint NOT NULL,
	"before" double precision,
	"after" double precision,
	"n_before" double precision NOT NULL,
	"n_after" double precision NOT NULL,
	CONSTRAINT "publication_change_organisation_id_publication_id_entity_pk" PRIMARY KEY("organisation_id","publication_id","entity")
);
--> statement-breakpoint
CREATE TABLE "measurement"."segment" (
	"organisation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"title_zh" text NOT NULL,
	"title_en" text NOT NULL,
	"conditions" jsonb NOT NULL,
	"archived" boolean NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"saved_by" text NOT NULL,
	CONSTRAINT "segment_organisation_id_id_version_pk" PRIMARY KEY("organisation_id","id","version")
);
--> statement-breakpoint
CREATE TABLE "measurement"."target" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"indicator" text NOT NULL,
	"segment" text,
	"entity" bigint,
	"value" double precision,
	"band_low" double precision,
	"band_high" double precision,
	"effective_from" date NOT NULL,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" text
);
--> statement-breakpoint
CREATE TABLE "measurement"."protection_setting" (
	"organisation_id" uuid NOT NULL,
	"smallest_group" integer NOT NULL,
	"smallest_staff_group" integer NOT NULL,
	"staff_kinds" jsonb NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL,
	CONSTRAINT "protection_setting_organisation_id_pk" PRIMARY KEY("organisation_id")
);
--> statement-breakpoint
CREATE TABLE "notices"."override" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"from" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"person_id" text,
	"because" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices"."preference" (
	"organisation_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"preferences" jsonb NOT NULL,
	CONSTRAINT "preference_organisation_id_person_id_pk" PRIMARY KEY("organisation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "notices"."robot" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"hint" text NOT NULL,
	"sealed" text NOT NULL,
	"signed" boolean NOT NULL,
	"keyword" text,
	"kinds" text[],
	"enabled" boolean NOT NULL,
	"next_send_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices"."team" (
	"organisation_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"members" text[] NOT NULL,
	"preferences" jsonb NOT NULL,
	"rota" jsonb
);
--> statement-breakpoint
ALTER TABLE "plans"."step" ADD CONSTRAINT "step_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "plans"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans"."task" ADD CONSTRAINT "task_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "plans"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports"."chosen_dashboard" ADD CONSTRAINT "chosen_dashboard_dashboard_dashboard_id_fk" FOREIGN KEY ("dashboard") REFERENCES "reports"."dashboard"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports"."dashboard_version" ADD CONSTRAINT "dashboard_version_dashboard_dashboard_id_fk" FOREIGN KEY ("dashboard") REFERENCES "reports"."dashboard"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports"."default_dashboard" ADD CONSTRAINT "default_dashboard_dashboard_dashboard_id_fk" FOREIGN KEY ("dashboard") REFERENCES "reports"."dashboard"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachment_used_by" ON "platform"."attachment" USING btree ("organisation_id","used_by");--> statement-breakpoint
CREATE INDEX "attachment_uploaded" ON "platform"."attachment" USING btree ("organisation_id","uploaded_by_id","uploaded_at");--> statement-breakpoint
CREATE INDEX "attachment_content" ON "platform"."attachment" USING btree ("organisation_id","sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_delivery_once" ON "platform"."webhook_delivery" USING btree ("organisation_id","subscription","event","source");--> statement-breakpoint
CREATE INDEX "webhook_delivery_due" ON "platform"."webhook_delivery" USING btree ("organisation_id","next_attempt_at") WHERE "platform"."webhook_delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_newest" ON "platform"."webhook_delivery" USING btree ("organisation_id","subscription","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "webhook_subscription_organisation" ON "platform"."webhook_subscription" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE INDEX "outbox_event_newest" ON "platform"."outbox_event" USING btree ("organisation_id","announced_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_entry_newest" ON "platform"."audit_entry" USING btree ("organisation_id","at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "idempotency_created_at" ON "platform"."idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_key_in_use" ON "platform"."signing_key" USING btree ("organisation_id") WHERE "platform"."signing_key"."retired_at" is null;--> statement-breakpoint
CREATE INDEX "signing_key_newest" ON "platform"."signing_key" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE INDEX "alert_desk" ON "alerts"."alert" USING btree ("organisation_id","rank","due_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_live" ON "alerts"."alert" USING btree ("organisation_id","rule_id","entity") WHERE "alerts"."alert"."state" <> 'closed' and not "alerts"."alert"."drill";--> statement-breakpoint
CREATE INDEX "alert_entity" ON "alerts"."alert" USING btree ("organisation_id","entity","raised_at");--> statement-breakpoint
CREATE INDEX "alert_rule" ON "alerts"."alert" USING btree ("organisation_id","rule_id","raised_at");--> statement-breakpoint
CREATE INDEX "duty_alert" ON "alerts"."duty" USING btree ("organisation_id","alert_id");--> statement-breakpoint
CREATE INDEX "duty_due" ON "alerts"."duty" USING btree ("organisation_id","due_at") WHERE "alerts"."duty"."done_at" is null;--> statement-breakpoint
CREATE INDEX "duty_escalate" ON "alerts"."duty" USING btree ("organisation_id","escalate_at") WHERE "alerts"."duty"."done_at" is null;--> statement-breakpoint
CREATE INDEX "run_newest" ON "evaluation"."run" USING btree ("organisation_id","at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "batch_newest" ON "measurement"."batch" USING btree ("organisation_id","acknowledged_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "batch_origin" ON "measurement"."batch" USING btree ("organisation_id","origin","acknowledged_at");--> statement-breakpoint
CREATE INDEX "file_import_newest" ON "measurement"."file_import" USING btree ("organisation_id","asked_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "file_import_open" ON "measurement"."file_import" USING btree ("organisation_id") WHERE "measurement"."file_import"."state" in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX "hook_message_age" ON "measurement"."hook_message" USING btree ("organisation_id","answered_at");--> statement-breakpoint
CREATE INDEX "source_title" ON "measurement"."source" USING btree ("organisation_id","title");--> statement-breakpoint
CREATE INDEX "source_run_file" ON "measurement"."source_run" USING btree ("organisation_id","source_id","file");--> statement-breakpoint
CREATE INDEX "source_run_newest" ON "measurement"."source_run" USING btree ("organisation_id","source_id","started_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "source_run_hour" ON "measurement"."source_run" USING btree ("organisation_id","source_id","hour");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_once" ON "notices"."delivery" USING btree ("organisation_id","message_id","target");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "notices"."delivery" USING btree ("organisation_id","target","due_at") WHERE "notices"."delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "delivery_newest" ON "notices"."delivery" USING btree ("organisation_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "message_key" ON "notices"."message" USING btree ("organisation_id","key");--> statement-breakpoint
CREATE INDEX "message_age" ON "notices"."message" USING btree ("organisation_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once" ON "notices"."notice" USING btree ("organisation_id","message_id","person_id");--> statement-breakpoint
CREATE INDEX "notice_inbox" ON "notices"."notice" USING btree ("organisation_id","person_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notice_unread" ON "notices"."notice" USING btree ("organisation_id","person_id","importance") WHERE "notices"."notice"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notice_escalate" ON "notices"."notice" USING btree ("organisation_id","escalate_at") WHERE "notices"."notice"."escalate_at" is not null;--> statement-breakpoint
CREATE INDEX "api_key_organisation" ON "organisation"."api_key" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entity_key" ON "organisation"."entity" USING btree ("organisation_id","key");--> statement-breakpoint
CREATE INDEX "entity_parent" ON "organisation"."entity" USING btree ("organisation_id","parent","key");--> statement-breakpoint
CREATE INDEX "entity_kind" ON "organisation"."entity" USING btree ("organisation_id","kind","key");--> statement-breakpoint
CREATE INDEX "entity_path" ON "organisation"."entity" USING gin ("path");--> statement-breakpoint
CREATE INDEX "entity_name" ON "organisation"."entity" USING btree ("organisation_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "organisation"."person" USING btree ("organisation_id","email");--> statement-breakpoint
CREATE INDEX "person_user" ON "organisation"."person" USING btree ("id");--> statement-breakpoint
CREATE INDEX "sign_in_account_user" ON "organisation"."sign_in_account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_session_user" ON "organisation"."sign_in_session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "plan_newest" ON "plans"."plan" USING btree ("organisation_id","created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "plan_state" ON "plans"."plan" USING btree ("organisation_id","state");--> statement-breakpoint
CREATE INDEX "plan_entity" ON "plans"."plan" USING btree ("organisation_id","entity");--> statement-breakpoint
CREATE INDEX "step_plan" ON "plans"."step" USING btree ("plan_id","at");--> statement-breakpoint
CREATE INDEX "task_owner" ON "plans"."task" USING btree ("organisation_id","owner_id","due_on");--> statement-breakpoint
CREATE INDEX "dashboard_newest" ON "reports"."dashboard" USING btree ("organisation_id","created_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "design_revision" ON "verification"."design" USING btree ("organisation_id","plan_id","plan_revision");--> statement-breakpoint
CREATE INDEX "design_due" ON "verification"."design" USING btree ("organisation_id","state","ends_on");--> statement-breakpoint
CREATE INDEX "design_watched" ON "verification"."design" USING btree ("organisation_id","watch_until");--> statement-breakpoint
CREATE INDEX "design_newest" ON "verification"."design" USING btree ("organisation_id","frozen_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "incident_from" ON "alerts"."incident" USING btree ("organisation_id","from","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_alert" ON "alerts"."incident" USING btree ("organisation_id","alert_id") WHERE "alerts"."incident"."alert_id" is not null;--> statement-breakpoint
CREATE INDEX "mention_rule" ON "alerts"."mention" USING btree ("organisation_id","rule_id","at");--> statement-breakpoint
CREATE INDEX "watched_text_at" ON "alerts"."watched_text" USING btree ("organisation_id","at");--> statement-breakpoint
CREATE INDEX "quiet_from" ON "alerts"."quiet" USING btree ("organisation_id","from");--> statement-breakpoint
CREATE INDEX "drill_quarter_days" ON "alerts"."drill" USING btree ("organisation_id","starts_at");--> statement-breakpoint
CREATE INDEX "drill_due" ON "alerts"."drill" USING btree ("organisation_id","starts_at") WHERE "alerts"."drill"."state" = 'drawn';--> statement-breakpoint
CREATE UNIQUE INDEX "response_running" ON "alerts"."response" USING btree ("organisation_id","alert_id") WHERE "alerts"."response"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "response_plan_used" ON "alerts"."response" USING btree ("organisation_id","plan_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sharing_once" ON "alerts"."sharing" USING btree ("organisation_id","subscription_id","alert_id","what","colour","time");--> statement-breakpoint
CREATE INDEX "sharing_newest" ON "alerts"."sharing" USING btree ("organisation_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "assessment_period" ON "evaluation"."assessment" USING btree ("organisation_id","scheme","grain","period_start");--> statement-breakpoint
CREATE INDEX "appeal_newest" ON "evaluation"."appeal" USING btree ("organisation_id","made_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "appeal_publication" ON "evaluation"."appeal" USING btree ("organisation_id","publication","state");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_on_its_way" ON "evaluation"."publication" USING btree ("organisation_id","scheme","grain","period_start","track") WHERE "evaluation"."publication"."state" in ('draft', 'preview');--> statement-breakpoint
CREATE UNIQUE INDEX "publication_standing" ON "evaluation"."publication" USING btree ("organisation_id","scheme","grain","period_start","track") WHERE "evaluation"."publication"."state" = 'published';--> statement-breakpoint
CREATE INDEX "publication_newest" ON "evaluation"."publication" USING btree ("organisation_id","drafted_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "publication_run" ON "evaluation"."publication" USING btree ("organisation_id","run");--> statement-breakpoint
CREATE UNIQUE INDEX "published_unit_entity" ON "evaluation"."published_unit" USING btree ("organisation_id","publication","entity");--> statement-breakpoint
CREATE UNIQUE INDEX "published_unit_code" ON "evaluation"."published_unit" USING btree ("organisation_id","code");--> statement-breakpoint
CREATE INDEX "annotation_days" ON "measurement"."annotation" USING btree ("organisation_id","from_day");--> statement-breakpoint
CREATE UNIQUE INDEX "annotation_origin" ON "measurement"."annotation" USING btree ("organisation_id","origin","origin_key") WHERE "measurement"."annotation"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "industry_figure_indicator" ON "measurement"."industry_figure" USING btree ("organisation_id","indicator");--> statement-breakpoint
CREATE UNIQUE INDEX "industry_figure_supersedes" ON "measurement"."industry_figure" USING btree ("organisation_id","supersedes");--> statement-breakpoint
CREATE UNIQUE INDEX "publication_revision" ON "measurement"."publication" USING btree ("organisation_id","indicator","grain","period_start","kind","revision");--> statement-breakpoint
CREATE INDEX "publication_span" ON "measurement"."publication" USING btree ("organisation_id","indicator","until_at");--> statement-breakpoint
CREATE INDEX "target_indicator" ON "measurement"."target" USING btree ("organisation_id","indicator");--> statement-breakpoint
CREATE INDEX "override_team" ON "notices"."override" USING btree ("organisation_id","team_id","until");--> statement-breakpoint
CREATE INDEX "robot_team" ON "notices"."robot" USING btree ("organisation_id","team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_name" ON "notices"."team" USING btree ("organisation_id",lower("name"));