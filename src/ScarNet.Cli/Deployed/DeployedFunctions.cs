using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using ScarNet.Aws;
using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Lambda;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Cli.Deploy;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deployed;

/// <summary>Reads from the account which functions <c>init</c> has made there, as they are called: by their alias.</summary>
internal sealed class DeployedFunctions(AwsClients clients)
{
    private const int AtOnce = 8;
    private const int DefinitionsPerCall = 100; // API_DescribeJobDefinitions.html

    /// <summary>All of them, by name. Functions that others made are left out.</summary>
    public async Task<IReadOnlyList<DeployedFunction>> All(CancellationToken cancellation)
    {
        var names = new List<string>();
        var request = new ListFunctionsRequest();
        do
        {
            var page = await clients.Lambda.ListFunctionsAsync(request, cancellation);
            names.AddRange(page.Functions?.Select(f => f.FunctionName!) ?? []);
            request.Marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return await Read(names, cancellation);
    }

    /// <exception cref="ScarException">There is none of that name, or ScarNet did not make it.</exception>
    public async Task<DeployedFunction> Find(string name, CancellationToken cancellation) =>
        (await Read([name], cancellation)) is [var found]
            ? found
            : throw new ScarException($"there is no function '{name}' that scarnet made", "'scarnet ls' lists what is there");

    /// <summary>The bucket in which a function's spec, claims and run records lie; of one that is gone, that of the account.</summary>
    public async Task<string> ArtifactBucket(string name, CancellationToken cancellation)
    {
        var accounts = await AccountsBucket(cancellation);
        return await Get(name, null, cancellation) is { } function ? ArtifactBucketOf(function, accounts) : accounts;
    }

    /// <summary>Where some functions write, by name: of those that ScarNet made, as far as they may be looked at and their spec is there.</summary>
    public async Task<IReadOnlyDictionary<string, LiveFunction>> Live(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var found = new ConcurrentDictionary<string, LiveFunction>();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (name, ct) =>
            {
                try
                {
                    if (await Get(name, null, ct) is { Tags: { } tags } function && tags.ContainsKey(Tags.Function)
                        && await Spec(await Live(function, ct), await AccountsBucket(ct), ct) is { } spec)
                    {
                        found[name] = new(name, spec.Pipeline, spec.Outputs);
                    }
                }
                catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.Forbidden)
                {
                    // Somebody else's, which nobody lets us see.
                }
            });
        return found;
    }

    private async Task<IReadOnlyList<DeployedFunction>> Read(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var found = new List<GetFunctionResponse>();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (name, ct) =>
            {
                if (await Get(name, null, ct) is { } whole && whole.Tags?.ContainsKey(Tags.Function) == true)
                {
                    var function = await Live(whole, ct);
                    lock (found)
                    {
                        found.Add(function);
                    }
                }
            });
        var images = await Images(found.Select(JobDefinitionOf).OfType<string>(), cancellation);
        var accounts = found.Count == 0 ? "" : await AccountsBucket(cancellation);
        var read = await Task.WhenAll(found.Select(async f => new DeployedFunction(
            f.Configuration!.FunctionName!,
            f.Tags!.GetValueOrDefault(Tags.Pipeline, "-"),
            f.Configuration.State ?? "Active",
            f.Code?.ImageUri ?? (JobDefinitionOf(f) is { } definition ? images.GetValueOrDefault(definition) : null),
            await Spec(f, accounts, cancellation))
        {
            Version = LiveAliases.NumberOf(f.Configuration) is > 0 and var version ? version : null,
            JobQueue = f.Configuration.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobQueue),
            JobDefinition = JobDefinitionOf(f),
            Role = f.Configuration.Role ?? "",
            Subnets = f.Configuration.VpcConfig?.SubnetIds ?? [],
            SecurityGroups = f.Configuration.VpcConfig?.SecurityGroupIds ?? [],
        }));
        return [.. read.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private static string? JobDefinitionOf(GetFunctionResponse function) =>
        function.Configuration?.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobDefinition);

    private static string? SpecOf(GetFunctionResponse function) =>
        LiveAliases.SpecOf(function.Configuration!) ?? function.Tags!.GetValueOrDefault(Tags.Spec);

    /// <summary>Code and configuration of what its alias stands for; of a function that has none, its own.</summary>
    private async Task<GetFunctionResponse> Live(GetFunctionResponse function, CancellationToken cancellation)
    {
        if (await Get(function.Configuration!.FunctionName!, Names.Live, cancellation) is { Configuration: { } configuration, Code: var code })
        {
            (function.Configuration, function.Code) = (configuration, code);
        }

        return function;
    }

    private async Task<GetFunctionResponse?> Get(string name, string? qualifier, CancellationToken cancellation)
    {
        try
        {
            return await clients.Lambda.GetFunctionAsync(new GetFunctionRequest { FunctionName = name, Qualifier = qualifier }, cancellation);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null; // it went away between two calls, or never was
        }
    }

    /// <summary>name:revision → image, of the definitions whose image is the function's own.</summary>
    private async Task<Dictionary<string, string>> Images(IEnumerable<string> definitions, CancellationToken cancellation)
    {
        var images = new Dictionary<string, string>();
        foreach (var some in definitions.Distinct().Chunk(DefinitionsPerCall))
        {
            var answer = await clients.Batch.DescribeJobDefinitionsAsync(new DescribeJobDefinitionsRequest { JobDefinitions = [.. some] }, cancellation);
            foreach (var definition in answer.JobDefinitions ?? [])
            {
                if ((definition.Tags?.GetValueOrDefault(Tags.Image) ?? definition.ContainerProperties?.Image) is { } image and not (Tags.NoImage or Tags.TaskImages))
                {
                    images[$"{definition.JobDefinitionName}:{definition.Revision}"] = image;
                }
            }
        }

        return images;
    }

    private async Task<string> AccountsBucket(CancellationToken cancellation) => ArtifactKeys.Bucket(await clients.Account(cancellation), clients.Region);

    private static string ArtifactBucketOf(GetFunctionResponse function, string accounts) => function.Tags?.GetValueOrDefault(Tags.Artifacts) ?? accounts;

    // A version that one has gone back to may be of a time when the function's bucket was the account's.
    private async Task<JobSpec?> Spec(GetFunctionResponse function, string accounts, CancellationToken cancellation) => SpecOf(function) switch
    {
        null => null,
        var sha256 when ArtifactBucketOf(function, accounts) is var own && own != accounts =>
            await Spec(sha256, own, cancellation, isOwn: true) ?? await Spec(sha256, accounts, cancellation),
        var sha256 => await Spec(sha256, accounts, cancellation),
    };

    /// <param name="sha256">Its digest.</param>
    /// <param name="bucket">Where it lies.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="isOwn">Whether the bucket is one that a file names: that may be closed to who looks at the account.</param>
    private async Task<JobSpec?> Spec(string sha256, string bucket, CancellationToken cancellation, bool isOwn = false)
    {
        try
        {
            using var response = await clients.S3.GetObjectAsync(bucket, ArtifactKeys.Spec(sha256), cancellation);
            return await JsonSerializer.DeserializeAsync(response.ResponseStream, Json.Default.JobSpec, cancellation);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "NoSuchKey" or "NoSuchBucket" || (isOwn && e.StatusCode == HttpStatusCode.Forbidden))
        {
            return null;
        }
    }
}
