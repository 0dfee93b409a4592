using ScarNet.Core.Functions;

namespace ScarNet.Tests.Functions;

public sealed class FittingFargate
{
    [Theory]
    [InlineData(0.25, 512, 0.5, 1024)]
    [InlineData(1, 2048, 1.5, 3072)]
    [InlineData(2, 16384, 3.5, 16384)]
    [InlineData(4, 8192, 7.5, 15360)]
    [InlineData(16, 32768, 16, 32768)] // more than Fargate has: AWS says so
    public void LeavesTheScriptAtLeastWhatItAsksFor(double vcpus, int memoryMiB, double restVcpus, int restMemoryMiB) =>
        Assert.Equal(((decimal)restVcpus, restMemoryMiB), FargateSizes.Rest((decimal)vcpus, memoryMiB, 0.5m, 1024));
}
