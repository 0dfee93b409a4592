using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Batch;

/// <summary>
/// Moves jobs through their states and runs as many as there are virtual CPUs. What it decides is in the database before it acts; after
/// a crash, <see cref="JobAttempts.Recover"/> starts again from there.
/// </summary>
internal sealed class Scheduler : IDisposable
{
    /// <summary>Jobs that have ended stay visible so long. Source: docs.aws.amazon.com/batch/latest/userguide/job_states.html</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim wake = new(0);
    private readonly ConcurrentDictionary<string, RunningJob> running = new();
    private readonly Database database;
    private readonly AttemptRunner runner;
    private readonly int milliCpus;
    private readonly TimeProvider clock;

    /// <param name="database">The engine's.</param>
    /// <param name="runner">Runs attempts.</param>
    /// <param name="milliCpus">What all running jobs share.</param>
    /// <param name="clock">Time of states, timeouts and retention.</param>
    public Scheduler(Database database, AttemptRunner runner, int milliCpus, TimeProvider clock)
    {
        this.database = database;
        this.runner = runner;
        this.milliCpus = milliCpus;
        this.clock = clock;
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Something has changed: look again.</summary>
    public void Wake() => wake.Release();

    /// <summary>Ends a job that runs, if it does. The database knows already.</summary>
    public void Terminate(string jobId)
    {
        if (running.TryGetValue(jobId, out var job))
        {
            job.Terminate.TrySetResult();
        }
    }

    /// <summary>Runs until the engine stops, then ends every job; they start again with the engine.</summary>
    public async Task Run(CancellationToken stopping)
    {
        await Write(connection => JobAttempts.Recover(connection, NowMs), stopping);
        Wake();
        long? pruned = null;
        try
        {
            while (true)
            {
                await wake.WaitAsync(PruneInterval, stopping);
                if (pruned is null || clock.GetElapsedTime(pruned.Value) >= PruneInterval)
                {
                    await Write(Prune, stopping);
                    pruned = clock.GetTimestamp();
                }

                while (wake.Wait(0, CancellationToken.None))
                {
                    // one look serves all that have asked for it
                }

                while (await StartRound(stopping) == Dispatch.MostStarts)
                {
                    // there may be more
                }
            }
        }
        finally
        {
            await Task.WhenAll(running.Values.Select(job => job.Done));
        }
    }

    public void Dispose() => wake.Dispose();

    private void Prune(SqliteConnection connection) => JobAttempts.Prune(connection, NowMs - (long)Retention.TotalMilliseconds);

    private async Task<int> StartRound(CancellationToken stopping)
    {
        if (database.Read(connection => connection.Number("SELECT 1 FROM batch_jobs WHERE status = 0 LIMIT 1")) is not null)
        {
            await Write(TakeSubmitted, stopping);
        }

        var used = running.Values.GroupBy(job => job.Environment).ToDictionary(group => group.Key, group => group.Sum(job => job.MilliCpus));
        var round = database.Read(connection => Dispatch.Decide(connection, milliCpus, used));
        if (round.Starts.Count + round.Never.Count == 0)
        {
            return 0;
        }

        // Known as running before the database says so: a TerminateJob in between finds it.
        var jobs = round.Starts.Select(start => new RunningJob(start)).ToList();
        jobs.ForEach(job => running[job.JobId] = job);
        IReadOnlyList<Attempt?> attempts = [];
        try
        {
            await Write(connection => attempts = StartAll(connection, jobs, round.Never), stopping);
        }
        catch
        {
            jobs.ForEach(job => running.TryRemove(job.JobId, out _)); // the engine stops, and nobody runs them
            throw;
        }

        foreach (var (job, attempt) in jobs.Zip(attempts))
        {
            if (attempt is null)
            {
                running.TryRemove(job.JobId, out _);
            }
            else
            {
                job.Done = Task.Run(() => RunAttempt(job, attempt, stopping), CancellationToken.None);
            }
        }

        return round.Starts.Count;
    }

    private static void TakeSubmitted(SqliteConnection connection)
    {
        JobEnds.MakeReady(connection);
        connection.Run("UPDATE batch_jobs SET status = 1 WHERE status = 0");
    }

    private static List<Attempt?> StartAll(
        SqliteConnection connection, List<RunningJob> jobs, IReadOnlyList<(string JobId, string Reason)> never)
    {
        foreach (var (jobId, reason) in never)
        {
            connection.Run("UPDATE batch_jobs SET reason = $reason WHERE id = $id AND status = 2", ("$id", jobId), ("$reason", reason));
        }

        return jobs.ConvertAll(job => JobAttempts.Start(connection, job.JobId, Guid.NewGuid().ToString("N"), job.Environment));
    }

    private async Task RunAttempt(RunningJob job, Attempt attempt, CancellationToken stopping)
    {
        try
        {
            var document = Resources.Parse(attempt.Document);
            if (document.Integer(JobRequest.OverridesLength) > OverridesLimit.MaxCharacters)
            {
                await Write(connection => JobAttempts.Refuse(connection, attempt, OverridesLimit.Message, NowMs), stopping);
                return;
            }

            var plan = JobPlan.Read(document);
            var end = await runner.Run(
                attempt,
                plan,
                stream => Write(connection => JobAttempts.Running(connection, attempt, stream, NowMs), stopping),
                job.Terminate.Task,
                stopping);
            await Write(connection => JobAttempts.End(connection, attempt, end, plan.Attempts, plan.Rules, NowMs), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start of the engine makes this attempt again.
        }
        catch (Exception e)
        {
            var end = new AttemptEnd(null, $"the engine failed: {e.Message}", AttemptEnd.NotStarted, Final: true);
            await Write(connection => JobAttempts.End(connection, attempt, end, 1, [], NowMs), stopping);
        }
        finally
        {
            running.TryRemove(KeyValuePair.Create(job.JobId, job)); // its next attempt may be there already
            Wake();
        }
    }

    /// <summary>Writes what has happened, also while the engine stops. A full disk is waited for: the job is not lost for it.</summary>
    private async Task Write(Action<SqliteConnection> work, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await database.Write(work, CancellationToken.None);
                return;
            }
            catch (SqliteException e) when (!stopping.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync($"scarnet: engine: the state of a job cannot be written: {e.Message}; trying again");
                await Task.Delay(WritePause, stopping);
            }
        }
    }

    private sealed class RunningJob(Start start)
    {
        public string JobId => start.JobId;

        public string Environment => start.Environment;

        public int MilliCpus => start.MilliCpus;

        public TaskCompletionSource Terminate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done { get; set; } = Task.CompletedTask;
    }
}
