using Amazon.Runtime;
using ScarNet.Aws;
using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

/// <summary>Which jobs of a queue have not ended, where Batch does not say.</summary>
public sealed class LookingForJobs : IDisposable
{
    private const string Job = """{"jobSummaryList":[{"jobId":"1","jobDefinition":"scarnet-count:1","status":"RUNNING"}],"nextToken":"more"}""";
    private const string NoJobs = """{"jobSummaryList":[]}""";

    private readonly AnsweringService service = new();
    private readonly AwsClients clients;

    public LookingForJobs() => clients = new(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-central-1", Http = service });

    [Fact]
    public async Task ThereAreNoneInAQueueThatIsGone()
    {
        service.Answers = [null, """{"jobQueues":[]}"""];

        Assert.Empty(await Look());
        Assert.Equal(["listjobs", "describejobqueues"], service.Calls);
    }

    [Fact]
    public async Task ThereAreNoneInAQueueThatIsGoing()
    {
        service.Answers = [NoJobs, null, """{"jobQueues":[{"jobQueueName":"q","status":"DELETING"}]}"""];

        Assert.Empty(await Look());
    }

    [Fact]
    public async Task AQueueThatIsThereIsNotTakenForEmpty()
    {
        service.Answers = [Job, null, """{"jobQueues":[{"jobQueueName":"q","status":"VALID"}]}"""];

        await Assert.ThrowsAnyAsync<AmazonServiceException>(Look);
    }

    [Fact]
    public async Task EveryPageOfEveryStateIsRead()
    {
        service.Answers = [Job, NoJobs, NoJobs, NoJobs, NoJobs, NoJobs];

        Assert.Equal("count", Assert.Single(await Look()).Function);
        Assert.Contains("\"nextToken\":\"more\"", service.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public void WhoWaitsForLongLooksEverLessOften()
    {
        var longest = TimeSpan.FromSeconds(30);

        Assert.Equal(TimeSpan.FromSeconds(16), Poll.Longer(TimeSpan.FromSeconds(10), longest));
        Assert.Equal(longest, Poll.Longer(TimeSpan.FromSeconds(20), longest));
        Assert.Equal(longest, Poll.Longer(longest, longest));
    }

    public void Dispose() => clients.Dispose();

    private Task<IReadOnlyList<UnfinishedJob>> Look() =>
        new UnfinishedJobs(new Target(clients, "123456789012", "eu-central-1")).In("q", TestContext.Current.CancellationToken);
}
