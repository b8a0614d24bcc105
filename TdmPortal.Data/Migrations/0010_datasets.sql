-- Datasets, their versions and the long work on them. Rows of datasets are not here: each version has a schema of its own.

CREATE TABLE portal.dataset (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL REFERENCES portal.team (id),
    team_key text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL CHECK (name ~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$' AND length(name) <= 34),
    title text NOT NULL,
    schema_id uuid,
    schema_name text NOT NULL,
    current_version_id uuid,
    created_by_id uuid NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX dataset_name ON portal.dataset (team_id, name) WHERE deleted_at IS NULL;
CREATE INDEX dataset_by_change ON portal.dataset (team_id, changed_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX dataset_by_schema ON portal.dataset (schema_id) WHERE deleted_at IS NULL;

CREATE TABLE portal.job (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL REFERENCES portal.team (id),
    kind text NOT NULL,
    title text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
    step text,
    rows_done bigint NOT NULL DEFAULT 0,
    rows_total bigint NOT NULL DEFAULT 0,
    rows_per_second double precision NOT NULL DEFAULT 0,
    seconds_left double precision,
    dataset_id uuid REFERENCES portal.dataset (id) ON DELETE SET NULL,
    dataset_name text,
    schema_id uuid,
    input json NOT NULL,
    document json,
    error json,
    started_by_id uuid NOT NULL,
    started_by text NOT NULL,
    queued_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    node text,
    attempt integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    cancel_requested boolean NOT NULL DEFAULT false
) WITH (fillfactor = 70);
COMMENT ON COLUMN portal.job.document IS 'The schema document as it was when asked for; json, not jsonb, since the order of its properties matters.';
CREATE INDEX job_by_time ON portal.job (team_id, queued_at DESC, id DESC);
CREATE INDEX job_unfinished ON portal.job (queued_at, id) WHERE state IN ('pending', 'running');
CREATE INDEX job_by_schema ON portal.job (schema_id, queued_at DESC) WHERE kind = 'generate';
CREATE INDEX job_by_dataset ON portal.job (dataset_id, queued_at DESC);
CREATE UNIQUE INDEX job_one_a_dataset ON portal.job (dataset_id) WHERE state IN ('pending', 'running');

CREATE TABLE portal.dataset_version (
    id uuid PRIMARY KEY,
    dataset_id uuid NOT NULL REFERENCES portal.dataset (id),
    team_id uuid NOT NULL REFERENCES portal.team (id),
    number integer NOT NULL,
    state text NOT NULL CHECK (state IN ('building', 'ready', 'deleted')),
    database_schema text COLLATE "C" NOT NULL UNIQUE,
    job_id uuid REFERENCES portal.job (id) ON DELETE SET NULL,
    attempt integer NOT NULL,
    schema_id uuid,
    schema_version integer NOT NULL,
    document json NOT NULL,
    seed bigint NOT NULL,
    as_of timestamptz NOT NULL,
    scale double precision NOT NULL,
    rows_asked jsonb NOT NULL,
    quality_level text NOT NULL,
    engine_version integer NOT NULL,
    entities json NOT NULL,
    files json NOT NULL DEFAULT '[]',
    row_count bigint NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    took_seconds double precision NOT NULL DEFAULT 0,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (dataset_id, number)
);
CREATE INDEX dataset_version_unfinished ON portal.dataset_version (created_at) WHERE state <> 'ready';

SELECT portal.guard_by_team('dataset');
SELECT portal.guard_by_team('job');
SELECT portal.guard_by_team('dataset_version');
