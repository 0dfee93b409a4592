using System.Security.Cryptography;
using ScarNet.Aws.Batch;
using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>The job definition of a function as it should be: a pure function of the function.</summary>
/// <param name="Request">What registers it, complete.</param>
/// <param name="Hash">Names its content.</param>
/// <param name="Uploads">What must lie in the artifact bucket before.</param>
internal sealed record DefinitionRequest(
    RegisterJobDefinitionRequest Request, string Hash, IReadOnlyList<Offload.Upload> Uploads)
{
    /// <summary>Parameter of the definition that holds <see cref="Hash"/>: DescribeJobDefinitions shows parameters, and tags not everywhere.</summary>
    public const string HashParameter = "scarnet-hash";

    public static DefinitionRequest Of(FunctionPlan function)
    {
        var placement = Offload.OfSpec(
            function.BatchSpec, function.Script, environment => AmazonBatchClient.Body(Complete(function, environment).Request).Length);
        var (request, hash) = Complete(function, placement.Environment);
        return new(request, hash, placement.Uploads);
    }

    private static (RegisterJobDefinitionRequest Request, string Hash) Complete(
        FunctionPlan function, IReadOnlyDictionary<string, string> spec)
    {
        var request = Bare(function, spec);
        var hash = Convert.ToHexStringLower(SHA256.HashData(AmazonBatchClient.Body(request)));
        request.Parameters = new(request.Parameters ?? []) { [HashParameter] = hash };
        request.Tags![Tags.Hash] = hash;
        request.Tags[Tags.Run] = UndoList.NoRun;
        return (request, hash);
    }

    private static RegisterJobDefinitionRequest Bare(FunctionPlan function, IReadOnlyDictionary<string, string> spec)
    {
        var batch = function.Function.Batch;
        var tags = function.ResourceTags;
        if (function.Function.Image is null || function.Launch != LaunchMode.Mounted)
        {
            tags[Tags.Image] = function.Function.Image ?? (function.Function.Script?.Task is null ? Tags.NoImage : Tags.TaskImages);
        }

        return new()
        {
            JobDefinitionName = Names.JobDefinition(function.Name),
            Type = "container",
            PlatformCapabilities = [batch.OnFargate ? "FARGATE" : "EC2"],
            ContainerProperties = function.Launch == LaunchMode.Multi ? null : JobContainers.Of(function, spec),
            EcsProperties = function.Launch == LaunchMode.Multi ? TaskContainers.Of(function, spec) : null,
            Parameters = Defaults(function),
            RetryStrategy = RetryStrategies.For(function.Function.Retries, function.Function.RetryRules),
            // The shortest that Batch takes is a minute.
            Timeout = batch.Timeout is { } timeout ? new() { AttemptDurationSeconds = Math.Max(60, (int)Math.Ceiling(timeout.TotalSeconds)) } : null,
            PropagateTags = true,
            Tags = tags,
        };
    }

    private static Dictionary<string, string>? Defaults(FunctionPlan function)
    {
        var defaults = function.Function.Parameters.Where(parameter => parameter.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
        return defaults.Count == 0 ? null : defaults;
    }
}
