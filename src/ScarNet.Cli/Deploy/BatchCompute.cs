using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>The compute environments and queues that some functions need.</summary>
/// <param name="Environments">Each once.</param>
/// <param name="Queues">Each once.</param>
/// <param name="QueueOf">The queue of each function.</param>
internal sealed record BatchCompute(
    IReadOnlyList<ComputePlan> Environments, IReadOnlyList<QueuePlan> Queues, IReadOnlyDictionary<string, string> QueueOf)
{
    /// <summary>
    /// A function has its own when it asks for machines of its own; where they live (network, roles) says nothing, as long as all agree.
    /// Everybody else shares with those of the same need: 50 of each is all that an account may have.
    /// </summary>
    /// <param name="functions">Those that use Batch.</param>
    public static BatchCompute Of(IEnumerable<FunctionDefinition> functions)
    {
        var queueOf = new Dictionary<string, string>();
        var environments = new List<ComputePlan>();
        var queues = new List<QueuePlan>();
        var shared = new Dictionary<SharedCompute, List<BatchSettings>>();
        foreach (var function in functions)
        {
            var batch = function.Batch;
            if (batch.Queue is { Length: > 0 } users)
            {
                queueOf[function.Name] = users;
            }
            else if (SharedCompute.For(batch) is { } fitting && (!shared.TryGetValue(fitting, out var others) || SamePlace(batch, others[0])))
            {
                queueOf[function.Name] = fitting.WantsSpot(batch) ? fitting.OnSpot : fitting.OnDemand;
                shared[fitting] = [.. shared.GetValueOrDefault(fitting, []), batch];
            }
            else
            {
                var own = Names.Own(function.Name);
                queueOf[function.Name] = own;
                environments.Add(new(own, function.Name, batch, Math.Max(batch.Compute.MaxVcpus, Vcpus(batch))));
                queues.Add(new(own, function.Name, batch.State, [own]));
            }
        }

        foreach (var (compute, users) in shared)
        {
            Share(compute, users, environments, queues);
        }

        return new(environments, queues, queueOf);
    }

    /// <summary>Names of the compute environments of a function's queue; none when the queue is the user's.</summary>
    public IEnumerable<string> EnvironmentsOf(string function) =>
        Queues.FirstOrDefault(queue => queue.Name == QueueOf.GetValueOrDefault(function))?.Environments ?? [];

    private static void Share(SharedCompute shared, List<BatchSettings> users, List<ComputePlan> environments, List<QueuePlan> queues)
    {
        var most = Math.Max(users[0].Compute.MaxVcpus, users.Max(Vcpus));
        environments.Add(Environment(shared.OnDemand, shared.Type));
        if (users.Any(user => !shared.WantsSpot(user)))
        {
            queues.Add(new(shared.OnDemand, null, users[0].State, [shared.OnDemand]));
        }

        if (users.Any(shared.WantsSpot))
        {
            environments.Add(Environment(shared.OnSpot, shared.SpotType));
            queues.Add(new(shared.OnSpot, null, users[0].State, [shared.OnSpot, shared.OnDemand]));
        }

        ComputePlan Environment(string name, string type) => new(name, null, users[0] with { Compute = users[0].Compute with { Type = type } }, most);
    }

    private static bool SamePlace(BatchSettings one, BatchSettings other) =>
        (one.ServiceRole, one.Compute.InstanceRole, one.Compute.LaunchTemplateName)
            == (other.ServiceRole, other.Compute.InstanceRole, other.Compute.LaunchTemplateName)
        && one.Compute.Subnets.ToHashSet().SetEquals(other.Compute.Subnets)
        && one.Compute.SecurityGroupIds.ToHashSet().SetEquals(other.Compute.SecurityGroupIds);

    private static int Vcpus(BatchSettings batch) => (int)Math.Ceiling(batch.Vcpus);
}
