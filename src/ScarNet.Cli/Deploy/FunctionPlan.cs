using ScarNet.Containers;
using ScarNet.Core;
using ScarNet.Core.Functions;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>One function on its way to one target: what every resource of it is made from.</summary>
internal sealed record FunctionPlan(
    FunctionDefinition Function, string Pipeline, Target Target, SupervisorBinary Supervisor, byte[] Script, Attachments Attachments)
{
    public string Name => Function.Name;

    public string ArtifactBucket => Target.ArtifactBucketOf(Function);

    /// <summary>How its jobs start the image, or the images of a task; without an image on the engine, the supervisor is a process of this machine.</summary>
    public LaunchMode Launch => Function.Script?.Task is not null ? LaunchMode.Sibling
        : Target.IsEngine && Function.Image is null ? LaunchMode.Mounted
        : Launching.Choose(Function.Launch, Function.Image is not null, Image is null ? null : Image.Entrypoint.Count > 0, Function.Batch.OnFargate);

    /// <summary>What Docker on this machine says of its image; null when it has none, or Docker does not know it.</summary>
    public ImageConfig? Image { get; init; }

    public bool UsesBatch => Function.Mode is ExecutionMode.Batch or ExecutionMode.LambdaBatch;

    /// <summary>Whether a rule of EventBridge starts it.</summary>
    public bool StartsByRule => Function is { EventRoute: EventRoute.EventBridge, Triggers.Count: > 0 };

    public IReadOnlyList<string> InputBuckets => [.. Function.Triggers.Select(trigger => trigger.Bucket).Distinct()];

    /// <summary>Whether the script runs in the function's image inside Lambda. In batch mode Lambda only submits: a zip does that.</summary>
    public bool UsesImageInLambda => Function is { Image: not null, Mode: not ExecutionMode.Batch };

    /// <summary>What Lambda runs in place of its image; null when it runs the image itself, or none.</summary>
    public DerivedImage? Derived => DerivedImage.Of(this);

    /// <summary>Image that Lambda runs.</summary>
    public string? LambdaImage => Derived?.Uri ?? Function.Image;

    public Dictionary<string, string> ResourceTags => Tags.Of(Name, Pipeline, Function.Tags);

    public static async Task<FunctionPlan> Of(
        FunctionDefinition function, string pipeline, Target target, SupervisorBinary supervisor, ImageLookup images, CancellationToken cancellation)
    {
        var script = await ReadScript(function, cancellation);
        var plan = new FunctionPlan(function, pipeline, target, supervisor, script, await Attachments.Of(function, cancellation));
        return function.Image is { } image && plan.UsesBatch ? plan with { Image = await images(image, cancellation) } : plan;
    }

    /// <summary>What the supervisor in Lambda is told.</summary>
    public JobSpec LambdaSpec => Spec(Function.Environment) with { InPhases = UsesBatch && Launch == LaunchMode.Multi };

    /// <summary>What the supervisor in a job is told.</summary>
    public JobSpec BatchSpec => Spec(new Dictionary<string, string>(
        Function.Environment.Where(e => !Function.Batch.Environment.ContainsKey(e.Key)).Concat(Function.Batch.Environment))) with
    {
        Task = Function.Script?.Task is null ? null : new(Function.Batch.Vcpus, Function.Batch.MemoryMiB, Function.ReadOnlyRoot),
        InPhases = Launch == LaunchMode.Multi,
        Sibling = Launch == LaunchMode.Sibling && Function.Image is { } image
            ? new(image, Function.Batch.Vcpus, Function.Batch.MemoryMiB, Function.ReadOnlyRoot)
            : null,
    };

    private static async Task<byte[]> ReadScript(FunctionDefinition function, CancellationToken cancellation)
    {
        switch (function.Script)
        {
            case { Path: { } path }:
                try
                {
                    return await File.ReadAllBytesAsync(path, cancellation);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new ScarException($"script '{path}' of function '{function.Name}' cannot be read: {e.Message}", e);
                }

            case { Command: { } command }:
                return new CommandList([command], function.Shell).Content();
            case { Commands: { } commands }:
                return new CommandList(commands, function.Shell).Content();
            default:
                throw new ScarException($"function '{function.Name}' has nothing to run", "give it init_script, command or commands");
        }
    }

    private JobSpec Spec(IReadOnlyDictionary<string, string> environment) => new()
    {
        Function = Name,
        Pipeline = Pipeline,
        Mode = Function.Mode,
        Script = ScriptSpec.Inside(Script, Function.Arguments),
        Cwl = Function.Script?.Cwl,
        Shell = Function.Script is { Path: null } ? Function.Shell : null,
        Parameters = new SortedDictionary<string, string?>(Function.Parameters.ToDictionary(), StringComparer.Ordinal),
        StartDirectory = Function.StartDirectory,
        Compatibility = Function.Compatibility,
        Inputs = Function.Inputs,
        References = Function.References,
        ReferenceCache = Function.ReferenceCache,
        Files = Attachments.Files,
        Package = Attachments.Package,
        // Sorted, so that the same function always has the same hash.
        Environment = new SortedDictionary<string, string>(environment.ToDictionary(), StringComparer.Ordinal),
        Secrets = new SortedDictionary<string, string>(
            Function.Secrets.ToDictionary(secret => secret.Key, secret => secret.Value.ValueFrom(Target.Place)), StringComparer.Ordinal),
        Triggers = Function.Triggers,
        Outputs = Function.Outputs,
        OnFailure = Function.OnFailure,
        Overwrite = Function.Overwrite,
        MaxHops = Function.MaxHops,
        TimeoutThresholdSeconds = Function.TimeoutThreshold.TotalSeconds,
        Image = Function.Image,
        Array = Function.Array,
        ErrorTolerance = Function.ErrorTolerance,
        After = Function.After,
        Retries = UsesBatch ? Function.Retries : null,
        RetryRules = UsesBatch && Function.RetryRules is { } rules
            ? rules with { OnExit = new SortedDictionary<int, bool>(rules.OnExit.ToDictionary()) }
            : null,
        SkipIfDone = Function.SkipIfDone,
        DiskFactor = Function.DiskFactor == 1 ? null : Function.DiskFactor,
        BatchMemoryMiB = UsesBatch ? Function.Batch.MemoryMiB : null,
        BatchTimeoutSeconds = Function.Batch.Timeout?.TotalSeconds,
        LogLevel = Function.LogLevel,
        ArtifactBucket = ArtifactBucket,
        Account = Target.Account,
    };
}
