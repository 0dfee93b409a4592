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

    public Dictionary<string, string> ResourceTags => new(Plan.ResourceTags) { [Tags.Spec] = Spec.Uploads[^1].Sha256, [Tags.Artifacts] = Plan.ArtifactBucket };

    /// <param name="definition">name:revision of the job definition; null when there is none, or not yet.</param>
    public Dictionary<string, string> Environment(string? definition) => LambdaEnvironment.Of(this, definition);

    /// <summary>Its network; empty lists when it is in none.</summary>
    public VpcConfig Network => new() { SubnetIds = [.. Plan.Function.Vpc.Subnets], SecurityGroupIds = [.. Plan.Function.Vpc.SecurityGroups] };

    public List<FileSystemConfig> FileSystems => Plan.Function.FileSystem is { } mount ? [new() { Arn = mount.AccessPoint, LocalMountPath = mount.Path }] : [];

    /// <summary>What of the configuration is not as it should be.</summary>
    public List<StepChange> Differences(FunctionConfiguration current, string? definition)
    {
        var changes = new List<StepChange>();
        Compare("Role", current.Role, Role);
        Compare("Description", current.Description ?? "", Plan.Function.Description);
        Compare("MemorySize", current.MemorySize?.ToString(), Plan.Function.MemoryMiB.ToString());
        Compare("Timeout", current.Timeout?.ToString(), Timeout.ToString());
        Compare("EphemeralStorage", (current.EphemeralStorage?.Size ?? 512).ToString(), Plan.Function.EphemeralStorageMiB.ToString());
        Compare("SubnetIds", Sorted(current.VpcConfig?.SubnetIds), Sorted(Plan.Function.Vpc.Subnets));
        Compare("SecurityGroupIds", Sorted(current.VpcConfig?.SecurityGroupIds), Sorted(Plan.Function.Vpc.SecurityGroups));
        Compare("FileSystemConfigs", Mounts(current.FileSystemConfigs), Mounts(FileSystems));
        Compare("DeadLetterConfig", current.DeadLetterConfig?.TargetArn ?? "", Plan.Function.DeadLetter ?? "");
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

    private static string Sorted(IEnumerable<string>? ids) => string.Join(", ", (ids ?? []).Order(StringComparer.Ordinal));

    private static string Mounts(IEnumerable<FileSystemConfig>? mounts) => string.Join(", ", (mounts ?? []).Select(m => $"{m.Arn} at {m.LocalMountPath}"));

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
