using ScarNet.Aws;

namespace ScarNet.Tests.Aws;

public sealed class RetryingCalls
{
    /// <summary>The SDK's quota of retries is one for all calls of a client: it would end the last of many because of the first.</summary>
    [Theory]
    [InlineData(true, 10, false)]
    [InlineData(false, null, true)]
    public void IsForEachOfManyByItself(bool many, int? retries, bool haveAQuota)
    {
        using var clients = new AwsClients(new AwsSettings { AccessKey = "a", SecretKey = "b", Region = "eu-west-1", MakesManyCalls = many });

        var config = clients.Lambda.Config;

        Assert.Equal(haveAQuota, config.ThrottleRetries);
        Assert.Equal(retries ?? 2, config.MaxErrorRetry);
    }
}
