using System.Collections.Concurrent;
using System.ComponentModel;
using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Local.Access;
using ScarNet.Local.Containers;
using ScarNet.Local.Logs;
using ScarNet.Local.Secrets;

namespace ScarNet.Local.Batch;

/// <summary>Carries one attempt from its start to its end: output to the log, timeout, termination.</summary>
internal sealed class AttemptRunner(AttemptStart start, LogWriter logs, EngineContext context, TimeProvider clock)
{
    /// <summary>Source: docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html: SIGTERM, and SIGKILL 30 seconds later.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>What .NET's timers can do: 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private const string LogGroup = "/aws/batch/job";
    private const int MaxStreamNameOfDefinition = 200;
    private const long LogBytes = 32 << 20;

    private readonly FargateStart fargate = new(context.Roles);

    /// <param name="attempt">The attempt; its state is STARTING.</param>
    /// <param name="plan">What to do.</param>
    /// <param name="running">Called with the log stream's name once it runs.</param>
    /// <param name="terminate">Completes when somebody wants it to end.</param>
    /// <param name="stopping">The engine stops: the attempt is ended, and nothing is said of it.</param>
    public async Task<AttemptEnd> Run(Attempt attempt, JobPlan plan, Func<string, Task> running, Task terminate, CancellationToken stopping)
    {
        if (plan.Containers.Count > 0)
        {
            return await RunTask(attempt, plan, running, terminate, stopping);
        }

        var stream = StreamName(attempt);
        var log = new OutputLog(logs, new LogTarget(LogGroup, stream), LogBytes);
        try
        {
            fargate.Check(plan, LogGroup, stream, attempt.TaskId);
            var variables = Variables(attempt, plan);
            await using var started = await start.Start(attempt, plan, variables, log, stopping);
            await running(stream);
            var (exit, timedOut) = await Watch(started, plan.Timeout, terminate, stopping);
            return timedOut
                ? new AttemptEnd(exit.ExitCode, null, AttemptEnd.TimedOut, Final: true)
                : new AttemptEnd(exit.ExitCode, exit.OutOfMemory ? AttemptEnd.OutOfMemory : null, AttemptEnd.Exited, Final: false);
        }
        catch (ScarException e)
        {
            return new AttemptEnd(null, e.Hint is null ? e.Message : $"{e.Message}; {e.Hint}", AttemptEnd.NotStarted, Final: false);
        }
        catch (Exception e) when (e is ContainerException or Win32Exception or IOException or HttpRequestException)
        {
            return new AttemptEnd(null, e.Message, AttemptEnd.NotStarted, Final: false);
        }
        finally
        {
            log.EndOutput();
            await logs.Flush(CancellationToken.None); // who sees the job's end finds its whole log
        }
    }

    private async Task<AttemptEnd> RunTask(
        Attempt attempt, JobPlan plan, Func<string, Task> running, Task terminate, CancellationToken stopping)
    {
        var streams = new ConcurrentBag<OutputLog>();
        TaskAttempt? task = null;
        try
        {
            fargate.Check(plan, LogGroup, StreamName(attempt, plan.Containers[0].Name), attempt.TaskId);
            task = start.StartTask(attempt, plan, own => Variables(attempt, own), stream =>
            {
                var log = new OutputLog(logs, new LogTarget(LogGroup, stream), LogBytes);
                streams.Add(log);
                return log;
            });
            await using (task)
            {
                await running(StreamName(attempt, plan.Containers[0].Name));
                var (exit, timedOut) = await Watch(task, plan.Timeout, terminate, stopping);
                return new AttemptEnd(exit.ExitCode, null, timedOut ? AttemptEnd.TimedOut : AttemptEnd.Exited, Final: timedOut) { Containers = task.Ends };
            }
        }
        catch (Exception e) when (e is ScarException or ContainerException or IOException or HttpRequestException)
        {
            var why = e is ScarException { Hint: { } hint } ? $"{e.Message}; {hint}" : e.Message;
            return new AttemptEnd(null, why, AttemptEnd.NotStarted, Final: false) { Containers = task?.Ends ?? [] };
        }
        finally
        {
            foreach (var log in streams)
            {
                log.EndOutput();
            }

            await logs.Flush(CancellationToken.None);
        }
    }

    /// <summary>Source: docs.aws.amazon.com/batch/latest/userguide/job_states.html; the definition's name is cut at 200 characters.</summary>
    internal static string StreamName(Attempt attempt, string container = "default")
    {
        var name = attempt.Definition[(attempt.Definition.LastIndexOf('/') + 1)..].Split(':')[0];
        return $"{name[..Math.Min(name.Length, MaxStreamNameOfDefinition)]}/{container}/{attempt.TaskId}";
    }

    private IReadOnlyDictionary<string, string> Variables(Attempt attempt, JobPlan plan) => JobEnvironment.Of(
        attempt,
        plan,
        ClientVariables.Of(context, context.Roles.Work(plan.JobRole, BatchActions.Tasks, attempt.TaskId)),
        new JobSecrets(context.Secrets, context.Roles).Values(plan.Secrets, plan.ExecutionRole, attempt.TaskId));

    private async Task<(ContainerExit Exit, bool TimedOut)> Watch(
        IRunningAttempt running, TimeSpan? timeout, Task terminate, CancellationToken stopping)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var limit = Task.Delay(
                timeout is null ? Timeout.InfiniteTimeSpan : timeout < LongestTimer ? timeout.Value : LongestTimer, clock, watching.Token);
            var first = await Task.WhenAny(running.Exited, terminate, limit);
            stopping.ThrowIfCancellationRequested();
            if (first == running.Exited)
            {
                return (await running.Exited, false);
            }

            await running.Terminate(stopping);
            await Task.WhenAny(running.Exited, Task.Delay(Grace, clock, watching.Token));
            stopping.ThrowIfCancellationRequested();
            if (!running.Exited.IsCompleted)
            {
                await running.Kill(stopping);
            }

            return (await running.Exited.WaitAsync(Grace, clock, stopping), first == limit);
        }
        finally
        {
            await watching.CancelAsync();
        }
    }
}
