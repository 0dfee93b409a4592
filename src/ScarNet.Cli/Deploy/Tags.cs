using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Tags by which what ScarNet made is found again. There is no state file: these are the state.</summary>
internal static class Tags
{
    public const string Function = "scarnet:function";
    public const string Pipeline = "scarnet:pipeline";

    /// <summary>Value of <see cref="Pipeline"/> on queues and compute environments that functions share.</summary>
    public const string Shared = "shared";

    /// <summary>
    /// On what a run of <c>init</c> has created: which run. A call whose answer was lost is repeated and finds its own work, and has to know
    /// it from what another run has made meanwhile. Nobody compares it later.
    /// </summary>
    public const string Run = "scarnet:run";

    /// <summary>On everything of the foundation's stack: its name.</summary>
    public const string Foundation = "scarnet:foundation";

    /// <summary>SHA-256 over what went in: a resource with the same one needs no change.</summary>
    public const string Hash = "scarnet:hash";

    /// <summary>CodeSha256 of the zip that was uploaded: when Lambda has another, somebody else has changed the code.</summary>
    public const string Code = "scarnet:code";

    /// <summary>SHA-256 of the JobSpec in the artifact bucket: what <c>ls</c> and <c>run</c> read of a function that is there.</summary>
    public const string Spec = "scarnet:spec";

    /// <summary>The artifact bucket of a function: where its spec lies. One without the tag is of an older version, and its bucket the account's.</summary>
    public const string Artifacts = "scarnet:artifacts";

    /// <summary>On a function that is older than its alias: when S3 began to call the alias. It goes with what let S3 call the function itself.</summary>
    public const string Moved = "scarnet:moved";

    /// <summary>On a rule of EventBridge, with a bucket's name behind it: that bucket's EventBridge was switched on for it.</summary>
    public const string SwitchedOn = "scarnet:eventbridge:";

    /// <summary>On a job definition, the function's image, where the one in it is another: the supervisor's, or one that only stands for "any".</summary>
    public const string Image = "scarnet:image";

    /// <summary>Value of <see cref="Image"/> where the machine's own programs are run.</summary>
    public const string NoImage = "none";

    /// <summary>Value of <see cref="Image"/> where each executor of a task has an image of its own.</summary>
    public const string TaskImages = "task";

    public static Dictionary<string, string> Of(string function, string pipeline, IReadOnlyDictionary<string, string> users)
    {
        var tags = new Dictionary<string, string>(users)
        {
            [Function] = function,
            [Pipeline] = pipeline,
        };
        return tags;
    }

    /// <summary>Whether what has these tags is of a function; of none: whether it is what functions share.</summary>
    public static bool AreOf(IReadOnlyDictionary<string, string>? tags, string? function) =>
        function is null ? tags?.GetValueOrDefault(Pipeline) == Shared : tags?.GetValueOrDefault(Function) == function;

    /// <summary>Refuses what somebody else has made under the name of something of ours.</summary>
    /// <exception cref="ScarException">It is somebody else's.</exception>
    public static void Check(string resource, string name, IReadOnlyDictionary<string, string>? tags, string? function)
    {
        if (!AreOf(tags, function))
        {
            throw function is null
                ? new ScarException(
                    $"{resource} '{name}' exists and was not made by scarnet",
                    $"tag it '{Pipeline}={Shared}' if scarnet may take it over, or give the functions a queue with 'batch.queue'")
                : new ScarException(
                    $"{resource} '{name}' exists and was not made by scarnet for function '{function}'",
                    $"choose another name for the function, or tag it '{Function}={function}' if scarnet may take it over");
        }
    }

    /// <summary>What of the wanted tags is missing or different.</summary>
    public static Dictionary<string, string> Missing(IReadOnlyDictionary<string, string>? current, IReadOnlyDictionary<string, string> wanted) =>
        wanted.Where(tag => current is null || !current.TryGetValue(tag.Key, out var value) || value != tag.Value)
            .ToDictionary(tag => tag.Key, tag => tag.Value);

    /// <summary>The same, to be read.</summary>
    public static IEnumerable<StepChange> Changes(IReadOnlyDictionary<string, string>? current, IReadOnlyDictionary<string, string> missing) =>
        missing.Select(tag => new StepChange($"tag {tag.Key}", current?.GetValueOrDefault(tag.Key), tag.Value));
}
