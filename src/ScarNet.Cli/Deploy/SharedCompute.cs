using ScarNet.Core.Functions;

namespace ScarNet.Cli.Deploy;

/// <summary>What functions share that need the same kind of machines.</summary>
/// <param name="OnDemand">Compute environment of machines at the full price; also the queue of those who want only these.</param>
/// <param name="Type">Batch's word for them.</param>
/// <param name="SpotType">Its word for the same at the spot price.</param>
internal sealed record SharedCompute(string OnDemand, string Type, string SpotType)
{
    public const string Spot = "SPOT";

    private static readonly SharedCompute machines = new(Names.Shared, "EC2", Spot);
    private static readonly SharedCompute gpus = new($"{Names.Shared}_gpu", "EC2", Spot);
    private static readonly SharedCompute fargate = new($"{Names.Shared}_fargate", "FARGATE", "FARGATE_SPOT");

    /// <summary>Every queue and every compute environment that is shared: they have the same names.</summary>
    public static IReadOnlyList<string> Everything { get; } =
        [.. new[] { machines, gpus, fargate }.SelectMany(shared => new[] { shared.OnDemand, shared.OnSpot })];

    /// <summary>Compute environment at the spot price; also the queue that tries it first and <see cref="OnDemand"/> second.</summary>
    public string OnSpot => $"{OnDemand}_spot";

    /// <summary>What fits the function; null when it asks for machines of its own: type, size, number or state.</summary>
    public static SharedCompute? For(BatchSettings batch)
    {
        var standard = new BatchSettings();
        var asksForOwn = (batch.State, batch.Compute.MinVcpus, batch.Compute.DesiredVcpus, batch.Compute.MaxVcpus)
            != (standard.State, standard.Compute.MinVcpus, standard.Compute.DesiredVcpus, standard.Compute.MaxVcpus)
            || (batch.ScratchGb, batch.RootGb) != (standard.ScratchGb, standard.RootGb)
            || !batch.Compute.InstanceTypes.SequenceEqual(standard.Compute.InstanceTypes);
        return asksForOwn ? null : batch.OnFargate ? fargate : batch.Gpus > 0 ? gpus : machines;
    }

    public bool WantsSpot(BatchSettings batch) => batch.Compute.Type == SpotType;
}
