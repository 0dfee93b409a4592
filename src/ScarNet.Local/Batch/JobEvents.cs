using System.Text.Json;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Events;
using ScarNet.Local.Storage;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>
/// Tells the event bus of jobs that have come to another state. The database itself writes the changes down, whoever makes them, as long as
/// there are rules; they are sent before the transaction that made them ends. Source: docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
/// </summary>
internal sealed class JobEvents(JobViews views, EventBus bus, TimeProvider clock)
{
    /// <summary>Behind those of jobs and rules.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS batch_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, job TEXT NOT NULL, status INTEGER NOT NULL);
        CREATE TRIGGER IF NOT EXISTS batch_jobs_made AFTER INSERT ON batch_jobs WHEN EXISTS (SELECT 1 FROM event_rules)
        BEGIN
            INSERT INTO batch_changes (job, status) VALUES (NEW.id, NEW.status);
        END;
        CREATE TRIGGER IF NOT EXISTS batch_jobs_changed AFTER UPDATE OF status ON batch_jobs
        WHEN NEW.status <> OLD.status AND EXISTS (SELECT 1 FROM event_rules)
        BEGIN
            INSERT INTO batch_changes (job, status) VALUES (NEW.id, NEW.status);
        END;
        """;

    private const string Source = "aws.batch";
    private const string Type = "Batch Job State Change";

    private int told;

    /// <summary>Sends what has changed in a transaction, at its end.</summary>
    public void Publish(SqliteConnection db)
    {
        using (var any = db.Prepare("SELECT 1 FROM batch_changes LIMIT 1"))
        {
            if (!any.Step())
            {
                return;
            }
        }

        var changes = db.Rows("DELETE FROM batch_changes RETURNING id, job, status", row => (Id: row.GetInt64(0), Job: row.GetString(1), Status: (JobStatus)row.GetInt32(2)));
        foreach (var (_, job, status) in changes.OrderBy(change => change.Id))
        {
            if (bus.Wants(Known(status)) && views.Find(db, job) is { } detail)
            {
                detail["status"] = JobStatuses.Format(status); // the row may have gone further in the same transaction
                bus.Publish(db, new(Source, Type, [detail["jobArn"]!.ToString()], detail, clock.GetUtcNow()));
                Interlocked.Exchange(ref told, 1);
            }
        }
    }

    /// <summary>Whether anything was sent since the last time this was asked.</summary>
    public bool Told() => Interlocked.Exchange(ref told, 0) == 1;

    private static JsonElement Known(JobStatus status) => JsonSerializer.SerializeToElement(
        new System.Text.Json.Nodes.JsonObject
        {
            ["source"] = Source,
            ["detail-type"] = Type,
            ["detail"] = new System.Text.Json.Nodes.JsonObject { ["status"] = JobStatuses.Format(status) },
        });
}
