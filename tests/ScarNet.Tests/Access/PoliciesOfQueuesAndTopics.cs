using ScarNet.Local.Access;
using ScarNet.Local.Delivery;

namespace ScarNet.Tests.Access;

public sealed class PoliciesOfQueuesAndTopics
{
    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:q";
    private const string Open = """{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}""";

    [Theory]
    [InlineData(Open, true)]
    [InlineData(Open + """,{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", true)]
    [InlineData(Open + """,{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}""", false)]
    [InlineData("""{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", false)]
    public void LetServicesInThatDeliverSecurely(string statements, bool lets)
    {
        var policy = $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";

        Assert.Equal(lets, ResourcePolicy.Lets(policy, new Sender("s3.amazonaws.com", "arn:aws:s3:::b"), "sqs:SendMessage", Queue, "000000000000"));
    }
}
