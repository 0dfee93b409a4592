using ScarNet.Aws.Lambda.Model;
using ScarNet.Core.Jobs;

namespace ScarNet.Cli.Deploy;

/// <summary>A Lambda function as it should be.</summary>
/// <param name="Plan">The function it is of.</param>
/// <param name="Queue">Queue it submits to; null when it submits nothing.</param>
/// <param name="Spec">Where its spec lies.</param>
internal sealed record WantedFunction(FunctionPlan Plan, string? Queue, Offload.Placement Spec)
{
    public const string Runtime = "provided.al2023";
    public const string Handler = "bootstrap";

    public bool IsImage => Plan.UsesImageInLambda;

    public string PackageType => IsImage ? "Image" : "Zip";

    public string Role => Plan.Target.RoleOf(Plan.Function);

    public int Timeout => (int)Math.Ceiling(Plan.Function.Timeout.TotalSeconds);

    /// <summary>Names the code: for a zip what it is built from, for an image the image.</summary>
    public string Hash { get; } = FunctionPackage.Hash(Plan.Supervisor, Plan.LambdaSpec);

    public Dictionary<string, string> ResourceTags => new(Plan.ResourceTags) { [Tags.Spec] = Spec.Uploads[^1].Sha256 };

    /// <param name="definition">name:revision of the job definition; null when there is none, or not yet.</param>
    public Dictionary<string, string> Environment(string? definition)
    {
        var environment = new Dictionary<string, string>(Plan.Function.LambdaEnvironment);
        if (IsImage)
        {
            foreach (var (name, value) in Spec.Environment)
            {
                environment.TryAdd(name, value);
            }

            environment[SupervisorVariables.Supervisor] = Plan.Supervisor.Uri(Plan.ArtifactBucket);
        }

        if (Queue is not null)
        {
            environment[SupervisorVariables.JobQueue] = Queue;
            if (definition is not null)
            {
                environment[SupervisorVariables.JobDefinition] = definition;
            }
        }

        return environment;
    }

    /// <summary>What of the configuration is not as it should be.</summary>
    public List<StepChange> Differences(FunctionConfiguration current, string? definition)
    {
        var changes = new List<StepChange>();
        Compare("Role", current.Role, Role);
        Compare("Description", current.Description ?? "", Plan.Function.Description);
        Compare("MemorySize", current.MemorySize?.ToString(), Plan.Function.MemoryMiB.ToString());
        Compare("Timeout", current.Timeout?.ToString(), Timeout.ToString());
        Compare("EphemeralStorage", (current.EphemeralStorage?.Size ?? 512).ToString(), Plan.Function.EphemeralStorageMiB.ToString());
        Compare("Layers", string.Join(", ", current.Layers?.Select(l => l.Arn) ?? []), string.Join(", ", Plan.Function.Layers));
        if (!IsImage)
        {
            Compare("Runtime", current.Runtime, Runtime);
            Compare("Handler", current.Handler, Handler);
        }

        changes.AddRange(EnvironmentDifferences(current.Environment?.Variables ?? [], Environment(definition)));
        if (Queue is not null && definition is null)
        {
            changes.Add(new(SupervisorVariables.JobDefinition, current.Environment?.Variables?.GetValueOrDefault(SupervisorVariables.JobDefinition), "the new revision"));
        }

        return changes;

        void Compare(string field, string? actual, string? wanted)
        {
            if (actual != wanted)
            {
                changes.Add(new(field, actual, wanted));
            }
        }
    }

    /// <summary>Values may be secrets: only ours are shown.</summary>
    private static IEnumerable<StepChange> EnvironmentDifferences(
        Dictionary<string, string> current, Dictionary<string, string> wanted) =>
        from name in current.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal)
        let old = current.GetValueOrDefault(name)
        let desired = wanted.GetValueOrDefault(name)
        where old != desired && !(name == SupervisorVariables.JobDefinition && desired is null && wanted.ContainsKey(SupervisorVariables.JobQueue))
        select new StepChange(name, Shown(name, old), Shown(name, desired));

    private static string? Shown(string name, string? value) =>
        value is null || name.StartsWith("SCARNET_", StringComparison.Ordinal) ? value : "(a value)";
}
