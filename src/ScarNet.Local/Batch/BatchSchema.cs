namespace ScarNet.Local.Batch;

/// <summary>The tables. Documents are JSON as the API tells them; columns are what the engine asks for.</summary>
internal static class BatchSchema
{
    /// <remarks>
    /// batch_jobs: an array job is one row for the parent (array_size) and one for each child (parent, array_index); children have no
    /// document of their own. waits counts the dependencies that are not met. batch_attempts: stopped_ms is null while one runs.
    /// </remarks>
    public const string Text = """
        CREATE TABLE IF NOT EXISTS batch_compute_environments (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS batch_queues (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS batch_definitions (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            revision INTEGER NOT NULL,
            active INTEGER NOT NULL DEFAULT 1,
            document TEXT NOT NULL,
            UNIQUE (name, revision)
        );
        CREATE TABLE IF NOT EXISTS batch_jobs (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            queue TEXT NOT NULL,
            definition TEXT NOT NULL,
            function TEXT,
            parent TEXT,
            array_index INTEGER,
            array_size INTEGER,
            status INTEGER NOT NULL,
            reason TEXT,
            document TEXT,
            milli_cpus INTEGER NOT NULL,
            waits INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            cancelled INTEGER NOT NULL DEFAULT 0,
            terminated INTEGER NOT NULL DEFAULT 0,
            created_ms INTEGER NOT NULL,
            started_ms INTEGER,
            stopped_ms INTEGER
        );
        CREATE INDEX IF NOT EXISTS batch_jobs_ready ON batch_jobs (waits, status) WHERE status < 2;
        CREATE INDEX IF NOT EXISTS batch_jobs_new ON batch_jobs (seq) WHERE status = 0;
        CREATE INDEX IF NOT EXISTS batch_jobs_by_queue ON batch_jobs (queue, status, seq);
        CREATE INDEX IF NOT EXISTS batch_jobs_by_parent ON batch_jobs (parent, status, array_index) WHERE parent IS NOT NULL;
        CREATE INDEX IF NOT EXISTS batch_jobs_by_function ON batch_jobs (function, status) WHERE array_size IS NULL;
        CREATE INDEX IF NOT EXISTS batch_jobs_with_reason ON batch_jobs (function) WHERE status = 2 AND reason IS NOT NULL;
        CREATE INDEX IF NOT EXISTS batch_jobs_by_end ON batch_jobs (stopped_ms) WHERE stopped_ms IS NOT NULL;
        CREATE TABLE IF NOT EXISTS batch_attempts (
            job TEXT NOT NULL REFERENCES batch_jobs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            task TEXT NOT NULL,
            environment TEXT NOT NULL,
            stream TEXT,
            started_ms INTEGER,
            stopped_ms INTEGER,
            exit_code INTEGER,
            reason TEXT,
            status_reason TEXT,
            PRIMARY KEY (job, number)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS batch_containers (
            job TEXT NOT NULL REFERENCES batch_jobs (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            stream TEXT,
            exit_code INTEGER,
            reason TEXT,
            PRIMARY KEY (job, number, position)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS batch_dependencies (
            waiter TEXT NOT NULL,
            target TEXT NOT NULL,
            kind TEXT NOT NULL,
            PRIMARY KEY (target, kind, waiter)
        ) WITHOUT ROWID;
        """;
}
