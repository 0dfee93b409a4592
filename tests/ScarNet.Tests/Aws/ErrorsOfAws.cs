using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using ScarNet.Aws;
using ScarNet.Aws.Batch;
using ScarNet.Core;

namespace ScarNet.Tests.Aws;

public sealed class ErrorsOfAws
{
    public static TheoryData<Exception, string> Known => new()
    {
        { new AmazonS3Exception("No right.") { ErrorCode = "AccessDenied" }, "S3 denies access: No right" },
        { new AmazonBatchException("The security token included in the request is invalid.") { ErrorCode = "UnrecognizedClientException" }, "Batch does not know these credentials" },
        { new AmazonBatchException("x") { ErrorCode = "ExpiredTokenException" }, "the AWS credentials have expired" },
        { new AmazonBatchException("Job size\nis wrong.") { ErrorCode = "ClientException" }, "Batch says: Job size is wrong (ClientException)" },
        {
            new HttpRequestException("Connection refused (127.0.0.1:7499)", new SocketException((int)SocketError.ConnectionRefused)),
            "nothing answers at '127.0.0.1:7499': connection refused"
        },
        { new AmazonClientException("Failed to resolve AWS credentials. The credential providers …"), "no AWS credentials are configured" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void AreExplained(Exception error, string message) => Assert.Equal(message, AwsErrors.Explain(error)?.Message);

    [Fact]
    public void LeaveBugsAlone() => Assert.Null(AwsErrors.Explain(new InvalidOperationException("bug")));

    [Fact]
    public void NameAnEndpointThatIsNone()
    {
        var error = Assert.Throws<ScarException>(() => new AwsClients(new AwsSettings { Endpoint = "localhost:4566", Region = "eu-west-1" }));

        Assert.Equal("the endpoint 'localhost:4566' is no address", error.Message);
    }

    [Fact]
    public void NameAProfileThatDoesNotExist()
    {
        var error = Assert.Throws<ScarException>(() => new AwsClients(new AwsSettings { Profile = "scarnet-test-none", Region = "eu-west-1" }));

        Assert.StartsWith("no profile 'scarnet-test-none'", error.Message, StringComparison.Ordinal);
    }
}
