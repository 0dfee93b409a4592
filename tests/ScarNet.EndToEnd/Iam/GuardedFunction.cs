using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.S3;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;
using ScarNet.Core.Functions;
using ScarNet.Core.Iam;
using ScarNet.Core.Jobs;
using ScarNet.EndToEnd.Launch;
using ScarNet.EndToEnd.Support;
using static ScarNet.EndToEnd.Iam.GuardedPipelines;

namespace ScarNet.EndToEnd.Iam;

/// <summary>What became of a run.</summary>
/// <param name="Done">Whether it did what it should, and nobody heard otherwise.</param>
/// <param name="Answer">What Lambda answered.</param>
/// <param name="Log">What function and job have written.</param>
internal sealed record Probed(bool Done, string Answer, string Log)
{
    /// <summary>Both, with the quotes in their JSON as they are.</summary>
    public string Said => $"{Answer}\n{Log}".Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\u0027", "'", StringComparison.Ordinal)
        .Replace("\\\"", "\"", StringComparison.Ordinal);
}

/// <summary>A deployed function, runs of it that each need something else, and its roles.</summary>
public sealed partial class GuardedFunction(LaunchFixture launch, FunctionDefinition function)
{
    private const int PaddedBytes = 9000; // more than a job's overrides hold
    private int runs;
    private int sequencer;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AwsClients Clients => launch.Engine.Clients;

    private string LettersUrl => $"{launch.Engine.Engine.Endpoint.GetLeftPart(UriPartial.Authority)}/000000000000/{Letters}";

    public string ExecutionRole => RoleNames.Execution(function.Name, launch.Engine.Engine.Region);

    public string JobRole => RoleNames.Job(function.Name, launch.Engine.Engine.Region);

    /// <summary>The statements of a role's policy, as it was put.</summary>
    public async Task<PolicyDocument> Policy(string role) => PolicyReader.Read((await Clients.Iam.GetRolePolicyAsync(
        new() { RoleName = role, PolicyName = RoleDefinition.PolicyName }, Cancellation)).PolicyDocument!);

    /// <summary>Does something while a role lacks one statement.</summary>
    internal async Task<Probed> Without(string role, string sid, Func<Task<Probed>> probe)
    {
        var whole = await Policy(role);
        var rest = new PolicyDocument([.. whole.Statements.Where(statement => statement.Sid != sid)]);
        Assert.Equal(whole.Statements.Count - 1, rest.Statements.Count);
        await Put(role, rest);
        try
        {
            return await probe();
        }
        finally
        {
            await Put(role, whole);
        }
    }

    /// <summary>Does something while a role trusts another service than its own.</summary>
    internal async Task<Probed> Mistrusted(string role, string service, Func<Task<Probed>> probe)
    {
        var trust = (await Clients.Iam.GetRoleAsync(new() { RoleName = role }, Cancellation)).Role!.AssumeRolePolicyDocument!;
        var other = new PolicyDocument([new() { Services = [service], Actions = ["sts:AssumeRole"] }]);
        await Clients.Iam.UpdateAssumeRolePolicyAsync(new() { RoleName = role, PolicyDocument = other.ToJson() }, Cancellation);
        try
        {
            return await probe();
        }
        finally
        {
            await Clients.Iam.UpdateAssumeRolePolicyAsync(new() { RoleName = role, PolicyDocument = trust }, Cancellation);
        }
    }

    /// <summary>A run as it usually is.</summary>
    internal async Task<Probed> Ordinary()
    {
        var key = await NewInput("ordinary");
        return await Watch([Event(key)], async () => await Ended(key, RunStatus.Succeeded) && await IsThere(Output(key)));
    }

    /// <summary>The same on an input that somebody has encrypted.</summary>
    /// <param name="kmsKey">With which key.</param>
    internal async Task<Probed> Encrypted(string kmsKey)
    {
        var key = NewKey();
        await launch.Engine.S3.PutObjectAsync(
            new()
            {
                BucketName = Inbox,
                Key = key,
                ContentBody = "encrypted",
                ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS,
                ServerSideEncryptionKeyManagementServiceKeyId = kmsKey,
            },
            Cancellation);
        return await Watch([Event(key)], async () => await Ended(key, RunStatus.Succeeded) && await IsThere(Output(key)));
    }

    /// <summary>Lambda is told of the function's network, as when it is changed.</summary>
    internal async Task<Probed> Connect()
    {
        var present = await Clients.Lambda.GetFunctionConfigurationAsync(new() { FunctionName = function.Name }, Cancellation);
        await Clients.Lambda.UpdateFunctionConfigurationAsync(new() { FunctionName = function.Name, VpcConfig = new() { SubnetIds = present.VpcConfig!.SubnetIds, SecurityGroupIds = present.VpcConfig.SecurityGroupIds } }, Cancellation);
        return new(true, "", "");
    }

    /// <summary>The script fails, and what it left is kept.</summary>
    internal async Task<Probed> Failing()
    {
        var key = await NewInput("fail");
        var probed = await Watch([Event(key)], async () => await Ended(key, RunStatus.Failed));
        var kept = await launch.Engine.S3.ListObjectsV2Async(new() { BucketName = Outbox, Prefix = $"{OutputRule.FailedPrefix}{function.Name}/" }, Cancellation);
        var left = (kept.S3Objects ?? []).Exists(entry => entry.Key.EndsWith(Path.GetFileName(key), StringComparison.Ordinal));
        return probed with { Done = left && await Ended(key, RunStatus.Failed) };
    }

    /// <summary>Lambda gives an event up, and reports it.</summary>
    internal async Task<Probed> Reported()
    {
        var since = DateTimeOffset.UtcNow;
        var key = await NewInput("fail");
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Records":[{{Event(key)}}]}"""));
        await Clients.Lambda.InvokeAsync(new() { FunctionName = function.Name, Qualifier = Names.Live, InvocationType = "Event", PayloadStream = payload }, Cancellation);
        await launch.Engine.Engine.UntilIdle();
        var reports = await launch.Engine.S3.ListObjectsV2Async(new() { BucketName = Reports, Prefix = $"aws/lambda/async/{function.Name}/" }, Cancellation);
        var texts = await Task.WhenAll((reports.S3Objects ?? []).Select(report => launch.Engine.Text(Reports, report.Key)));
        return new(texts.Any(text => text.Contains(key, StringComparison.Ordinal)), "", await Log(since));
    }

    /// <summary>The same; Lambda sends the event to the dead-letter queue.</summary>
    internal async Task<Probed> GivenUp()
    {
        var since = DateTimeOffset.UtcNow;
        var key = await NewInput("fail");
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Records":[{{Event(key)}}]}"""));
        await launch.Engine.Aws("sqs", "purge-queue", "--queue-url", LettersUrl);
        await Clients.Lambda.InvokeAsync(new() { FunctionName = function.Name, Qualifier = Names.Live, InvocationType = "Event", PayloadStream = payload }, Cancellation);
        await launch.Engine.Engine.UntilIdle();
        var letters = await launch.Engine.Aws("sqs", "receive-message", "--queue-url", LettersUrl, "--max-number-of-messages", "10", "--output", "json");
        return new(letters.Contains(key, StringComparison.Ordinal), "", await Log(since));
    }

    /// <summary>The object of the event is gone when somebody comes to look: nothing is left to do.</summary>
    internal Task<Probed> Gone()
    {
        var key = NewKey();
        return Watch([Record(key, "0123456789abcdef0123456789abcdef")], () => Ended(key, RunStatus.Superseded));
    }

    /// <summary>An event that does not say which content it is about, as S3 Batch Operations sends them.</summary>
    internal async Task<Probed> Unpinned()
    {
        var key = await NewInput("unpinned");
        return await Watch([Record(key, null)], async () => await Ended(key, RunStatus.Succeeded) && await IsThere(Output(key)));
    }

    /// <summary>The same, and the object is gone.</summary>
    internal Task<Probed> UnpinnedAndGone() => Watch([Record(NewKey(), null)], () => Task.FromResult(true));

    /// <summary>An output that goes in parts, which is looked for before.</summary>
    internal async Task<Probed> Large()
    {
        await launch.Engine.S3.DeleteObjectAsync(Outbox, $"{function.Name}/large", Cancellation);
        var key = await NewInput("large");
        return await Watch([Event(key)], async () => await Ended(key, RunStatus.Succeeded) && await IsThere($"{function.Name}/large"));
    }

    /// <summary>The same work a second time.</summary>
    /// <param name="keep">Whether its output is still there: then nothing is done.</param>
    internal async Task<Probed> Again(bool keep)
    {
        var key = await NewInput("again");
        var first = await Watch([Event(key)], () => IsThere(Output(key)));
        Assert.True(first.Done, first.Said);
        if (!keep)
        {
            await launch.Engine.S3.DeleteObjectAsync(Outbox, Output(key), Cancellation);
        }

        return await Watch([Event(key)], async () => await IsThere(Output(key)) && (!keep || await Ended(key, RunStatus.Skipped)));
    }

    /// <summary>Two objects in one event: an array job, of which one child may fail.</summary>
    internal async Task<Probed> Together()
    {
        var (good, bad) = (await NewInput("together"), await NewInput("fail"));
        var answer = "";
        return await Watch([Event(good), Event(bad)], async () =>
        {
            var job = ArrayJob().Match(answer) is { Success: true } match
                ? (await Clients.Batch.DescribeJobsAsync(new() { Jobs = [match.Groups["id"].Value] }, Cancellation)).Jobs!.Single()
                : null;
            return job?.Status == "SUCCEEDED" && await IsThere(Output(good)) && await Ended(bad, RunStatus.Failed);
        }, said => answer = said);
    }

    /// <summary>An event that comes again while a job is at it.</summary>
    /// <param name="again">Whether it does come again.</param>
    /// <param name="padded">Whether the event is longer than a job's variables may be.</param>
    internal async Task<Probed> Waiting(bool again, bool padded)
    {
        var gate = Path.Join(launch.Engine.Files, Guid.NewGuid().ToString("N"));
        var key = await NewInput($"wait {gate}");
        var record = Event(key, padded ? PaddedBytes : 0);
        var since = DateTimeOffset.UtcNow;
        var answer = await Invoke([record]);
        if (again)
        {
            answer = await Invoke([record]);
        }

        await File.WriteAllTextAsync(gate, "", Cancellation);
        await launch.Engine.Engine.UntilIdle();
        var done = !answer.Failed && await Ended(key, RunStatus.Succeeded) && await IsThere(Output(key));
        return new(done, answer.Payload, await Log(since));
    }

    /// <summary>Why the last job of the function ended as it did.</summary>
    internal async Task<string> LastReason()
    {
        var queues = (await Clients.Batch.DescribeJobQueuesAsync(new(), Cancellation)).JobQueues!;
        var jobs = await Task.WhenAll(queues.Select(queue => Clients.Batch.ListJobsAsync(new() { JobQueue = queue.JobQueueName, JobStatus = "FAILED" }, Cancellation)));
        var last = jobs.SelectMany(page => page.JobSummaryList ?? []).Where(job => job.JobName!.Contains(function.Name, StringComparison.Ordinal)).MaxBy(job => job.CreatedAt)!;
        return last.Container?.Reason ?? last.StatusReason ?? "";
    }

    private async Task<Probed> Watch(IReadOnlyList<string> records, Func<Task<bool>> done, Action<string>? tell = null)
    {
        var since = DateTimeOffset.UtcNow;
        var (payload, failed) = await Invoke(records);
        tell?.Invoke(payload);
        await launch.Engine.Engine.UntilIdle();
        // A run in Lambda whose script fails is a failed invocation; the caller looks at what else there should be.
        return new(!failed && await done(), payload, await Log(since));
    }

    private async Task<(string Payload, bool Failed)> Invoke(IReadOnlyList<string> records)
    {
        using var payload = new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', records)}}]}"""));
        var answer = await Clients.Lambda.InvokeAsync(new() { FunctionName = function.Name, Qualifier = Names.Live, PayloadStream = payload }, Cancellation);
        using var reader = new StreamReader(answer.Payload!);
        return (await reader.ReadToEndAsync(Cancellation), answer.FunctionError is not null);
    }

    private string NewKey() => $"{function.Name}/{++runs}-{Guid.NewGuid():N}.txt";

    private async Task<string> NewInput(string content)
    {
        var key = NewKey();
        await launch.Engine.Put(key, content, Inbox);
        return key;
    }

    private string Event(string key, int padding = 0) =>
        Record(key, launch.Engine.S3.GetObjectMetadataAsync(Inbox, key, Cancellation).GetAwaiter().GetResult().ETag.Trim('"'), padding);

    private string Record(string key, string? etag, int padding = 0) => JsonSerializer.Serialize(new
    {
        eventSource = "aws:s3",
        eventName = "ObjectCreated:Put",
        eventTime = "2026-11-21T10:11:12.345Z",
        padding = new string('x', padding),
        s3 = new { bucket = new { name = Inbox }, @object = new { key, sequencer = $"{++sequencer:X8}", eTag = etag } },
    });

    private string Output(string key) => $"{function.Name}/{Path.GetFileName(key)}";

    private async Task<bool> Ended(string key, RunStatus status) =>
        (await launch.Runs(function)).Any(run => run.Source?.Object.Key == key && run.Status == status);

    private async Task<bool> IsThere(string key) =>
        ((await launch.Engine.S3.ListObjectsV2Async(new() { BucketName = Outbox, Prefix = key }, Cancellation)).S3Objects ?? []).Exists(entry => entry.Key == key);

    private async Task<string> Log(DateTimeOffset since)
    {
        var said = new StringBuilder();
        foreach (var group in (string[])["/aws/lambda/" + function.Name, "/aws/batch/job"])
        {
            try
            {
                var events = await Clients.Logs.FilterLogEventsAsync(new() { LogGroupName = group, StartTime = since.ToUnixTimeMilliseconds() }, Cancellation);
                events.Events?.ForEach(entry => said.AppendLine(entry.Message));
            }
            catch (ScarNet.Aws.Logs.AmazonCloudWatchLogsException e) when (e.ErrorCode == "ResourceNotFoundException")
            {
                // no job has run yet
            }
        }

        return said.ToString();
    }

    private Task Put(string role, PolicyDocument policy) => Clients.Iam.PutRolePolicyAsync(
        new() { RoleName = role, PolicyName = RoleDefinition.PolicyName, PolicyDocument = policy.ToJson() }, Cancellation);

    [GeneratedRegex("\"jobId\":\"(?<id>[0-9a-f-]{36}):0\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArrayJob();
}
