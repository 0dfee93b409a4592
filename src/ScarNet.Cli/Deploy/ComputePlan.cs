using ScarNet.Aws.Batch.Model;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>A compute environment and its queue as they should be.</summary>
/// <param name="Name">Of both.</param>
/// <param name="Function">The function they are for; null when they are shared.</param>
/// <param name="Batch">The settings they come from.</param>
/// <param name="MaxVcpus">The most virtual CPUs at once.</param>
internal sealed record ComputePlan(string Name, string? Function, BatchSettings Batch, int MaxVcpus)
{
    /// <summary>SCAR's default is a type that is no longer sold: AWS chooses a family that is.</summary>
    private const string RetiredDefault = "m3.medium";

    public bool IsFargate => Batch.Compute.Type.StartsWith("FARGATE", StringComparison.Ordinal);

    /// <summary>
    /// A function has its own when it asks for machines of its own (type, size, number, state); where they live (network, roles) says
    /// nothing, as long as all agree. Everybody else shares: 50 of each is all that an account may have.
    /// </summary>
    public static IReadOnlyList<ComputePlan> Of(IEnumerable<FunctionPlan> functions, out IReadOnlyDictionary<string, string> queues) =>
        Of(functions.Where(f => f.UsesBatch).Select(f => f.Function), out queues);

    /// <inheritdoc cref="Of(IEnumerable{FunctionPlan}, out IReadOnlyDictionary{string, string})"/>
    /// <param name="functions">Those that use Batch.</param>
    /// <param name="queues">The queue of each.</param>
    public static IReadOnlyList<ComputePlan> Of(IEnumerable<FunctionDefinition> functions, out IReadOnlyDictionary<string, string> queues)
    {
        var queueOf = new Dictionary<string, string>();
        var plans = new List<ComputePlan>();
        BatchSettings? shared = null;
        var vcpus = 1;
        foreach (var function in functions)
        {
            var batch = function.Batch;
            if (batch.Queue is { Length: > 0 } users)
            {
                queueOf[function.Name] = users;
            }
            else if (AsksForOwn(batch) || (shared is not null && !SamePlace(batch, shared)))
            {
                queueOf[function.Name] = Names.Own(function.Name);
                plans.Add(new(Names.Own(function.Name), function.Name, batch, Math.Max(batch.Compute.MaxVcpus, Vcpus(batch))));
            }
            else
            {
                shared ??= batch;
                vcpus = Math.Max(vcpus, Vcpus(batch));
                queueOf[function.Name] = Names.Shared;
            }
        }

        if (shared is not null)
        {
            plans.Add(new(Names.Shared, null, shared, Math.Max(shared.Compute.MaxVcpus, vcpus)));
        }

        queues = queueOf;
        return plans;
    }

    public ComputeResource Resources(Target target) => IsFargate
        ? new()
        {
            Type = Batch.Compute.Type,
            MaxvCpus = MaxVcpus,
            Subnets = Subnets(target),
            SecurityGroupIds = [.. Batch.Compute.SecurityGroupIds],
        }
        : new()
        {
            Type = Batch.Compute.Type,
            AllocationStrategy = Batch.Compute.Type == "SPOT" ? "SPOT_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE",
            MinvCpus = Batch.Compute.MinVcpus,
            MaxvCpus = MaxVcpus,
            DesiredvCpus = Batch.Compute.DesiredVcpus,
            InstanceTypes = [.. Batch.Compute.InstanceTypes.Select(type => type == RetiredDefault ? "optimal" : type)],
            Subnets = Subnets(target),
            SecurityGroupIds = [.. Batch.Compute.SecurityGroupIds],
            InstanceRole = Batch.Compute.InstanceRole ?? "ecsInstanceRole",
            LaunchTemplate = Batch.Compute.LaunchTemplateName is { Length: > 0 } template
                ? new() { LaunchTemplateName = template, Version = "$Latest" }
                : null,
        };

    /// <summary>The engine has no network, and Batch takes no environment without.</summary>
    private List<string> Subnets(Target target) =>
        target.IsEngine && Batch.Compute.Subnets.Count == 0 ? ["subnet-local"] : [.. Batch.Compute.Subnets];

    private static bool AsksForOwn(BatchSettings batch)
    {
        var standard = new BatchSettings();
        return (batch.State, batch.Compute.Type, batch.Compute.MinVcpus, batch.Compute.DesiredVcpus, batch.Compute.MaxVcpus)
            != (standard.State, standard.Compute.Type, standard.Compute.MinVcpus, standard.Compute.DesiredVcpus, standard.Compute.MaxVcpus)
            || !batch.Compute.InstanceTypes.SequenceEqual(standard.Compute.InstanceTypes);
    }

    private static bool SamePlace(BatchSettings one, BatchSettings other) =>
        (one.ServiceRole, one.Compute.InstanceRole, one.Compute.LaunchTemplateName)
            == (other.ServiceRole, other.Compute.InstanceRole, other.Compute.LaunchTemplateName)
        && one.Compute.Subnets.ToHashSet().SetEquals(other.Compute.Subnets)
        && one.Compute.SecurityGroupIds.ToHashSet().SetEquals(other.Compute.SecurityGroupIds);

    private static int Vcpus(BatchSettings batch) => (int)Math.Ceiling(batch.Vcpus);
}
