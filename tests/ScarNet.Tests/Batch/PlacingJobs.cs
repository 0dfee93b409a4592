using ScarNet.Local.Batch;

namespace ScarNet.Tests.Batch;

public sealed class PlacingJobs
{
    private static readonly Capacity Small = new("small", Enabled: true, MaxMilliCpus: 1000, UsedMilliCpus: 0);
    private static readonly Capacity Large = new("large", Enabled: true, MaxMilliCpus: 4000, UsedMilliCpus: 3000);

    [Fact]
    public void TakesTheFirstEnvironmentWithRoom()
    {
        Assert.Equal("small", Placement.Decide(1000, [Small, Large], 8000, 8000).Environment);
        Assert.Equal("large", Placement.Decide(1000, [Small with { UsedMilliCpus = 500 }, Large], 8000, 8000).Environment);
    }

    [Fact]
    public void WaitsWhereThereWillBeRoom()
    {
        Assert.Equal(new Placement(null, null), Placement.Decide(2000, [Small, Large], 8000, 8000));
        Assert.Equal(new Placement(null, null), Placement.Decide(1000, [Small], 8000, 500));
    }

    [Fact]
    public void SaysWhatMakesAJobImpossible()
    {
        Assert.StartsWith(
            "MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - the job asks for 5 vCPUs, the compute environments of its queue have at most 4",
            Placement.Decide(5000, [Small, Large], 8000, 8000).Never);
        Assert.StartsWith(
            "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - the job asks for 4 vCPUs, this engine gives Batch 2",
            Placement.Decide(4000, [Small, Large], 2000, 2000).Never);
        Assert.StartsWith("MISCONFIGURATION:", Placement.Decide(1000, [Small with { Enabled = false }], 8000, 8000).Never);
    }
}
