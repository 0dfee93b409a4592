namespace ScarNet.Core.Functions;

/// <summary>
/// The pairs of virtual CPUs and memory that a task on Fargate may have. Source:
/// docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html
/// </summary>
public static class FargateSizes
{
    // vCPUs; the least and the most memory, and the step between two amounts, in MiB.
    private static readonly (decimal Vcpus, int Least, int Most, int Step)[] Sizes =
    [
        (0.25m, 512, 1024, 512), // and 2,048
        (0.5m, 1024, 4096, 1024),
        (1, 2048, 8192, 1024),
        (2, 4096, 16384, 1024),
        (4, 8192, 30720, 1024),
        (8, 16384, 61440, 4096),
        (16, 32768, 122880, 8192),
    ];

    /// <summary>
    /// What is left for one container of the smallest task that holds it and others: never less than it asks for. Where no task is large
    /// enough, what it asks for: AWS then says so.
    /// </summary>
    public static (decimal Vcpus, int MemoryMiB) Rest(decimal vcpus, int memoryMiB, decimal otherVcpus, int otherMemoryMiB)
    {
        foreach (var size in Sizes.Where(size => size.Vcpus >= vcpus + otherVcpus && size.Most >= memoryMiB + otherMemoryMiB))
        {
            return (size.Vcpus - otherVcpus, Next(size.Least, size.Step, memoryMiB + otherMemoryMiB) - otherMemoryMiB);
        }

        return (vcpus, memoryMiB);
    }

    private static int Next(int least, int step, int wanted) => wanted <= least ? least : least + ((wanted - least + step - 1) / step * step);
}
