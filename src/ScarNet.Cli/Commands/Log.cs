using ScarNet.Aws;
using ScarNet.Aws.Lambda;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deployed;
using ScarNet.Cli.Logs;
using ScarNet.Cli.Output;
using ScarNet.Cli.Runs;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet log</c>.</summary>
internal sealed class Log(Session session)
{
    public async Task<int> Run(LogRequest request, CancellationToken cancellation)
    {
        using var clients = await Cloud.Connect(session, cancellation);
        await Require(clients, request.Function, cancellation);
        var from = request.Since is { } since ? session.Clock.GetUtcNow() - since : (DateTimeOffset?)null;
        var queries = request.Run is null
            ? FunctionLog.Queries(request.Function, from)
            : [await new RunStreams(clients.Batch).RequiredQuery(await Find(clients, request, cancellation), cancellation)];
        var log = new FunctionLog(new LogPages(clients.Logs), session.Clock);
        var lines = request.Follow ? log.Follow(queries, cancellation) : log.Read(queries, cancellation);
        if (session.Options.Json)
        {
            await LogJson.Write(session.Terminal.Answers, lines);
        }
        else
        {
            await foreach (var line in lines)
            {
                session.Terminal.Answer(LogText.Of(line, session.Terminal.AnswersAreSeen));
            }
        }

        return ExitCode.Done;
    }

    private static async Task Require(AwsClients clients, string function, CancellationToken cancellation)
    {
        try
        {
            await clients.Lambda.GetFunctionConfigurationAsync(new GetFunctionConfigurationRequest { FunctionName = function }, cancellation);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw new ScarException($"there is no function '{function}'", "'scarnet ls' lists what is there");
        }
    }

    private static async Task<RunRecord> Find(AwsClients clients, LogRequest request, CancellationToken cancellation)
    {
        var bucket = await new DeployedFunctions(clients).ArtifactBucket(request.Function, cancellation);
        var records = await new RunRecords(clients.S3, bucket).Of(request.Function, null, cancellation);
        return records.LastOrDefault(run =>
                run.InvocationId.StartsWith(request.Run!, StringComparison.Ordinal) || run.RequestId == request.Run || run.JobId == request.Run)
            ?? throw new ScarException($"function '{request.Function}' has no run '{request.Run}'", "a run that has not ended yet is in the log without --run");
    }
}
