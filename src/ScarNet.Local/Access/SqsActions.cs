using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;
using ScarNet.Local.Sqs;

namespace ScarNet.Local.Access;

/// <summary>What the operations of SQS ask for: the operation's own name, of a batch that of one, on the queue that the operation goes by.</summary>
internal sealed class SqsActions(AwsPlace place)
{
    private const string Batch = "Batch";

    public IEnumerable<AccessRequest> Of(HttpContext context)
    {
        try
        {
            var (action, input) = SqsApi.Read(context);
            var name = action switch
            {
                "CreateQueue" or "GetQueueUrl" => input.Text("QueueName"),
                "ListQueues" => "",
                _ => input.Text("QueueUrl") is { Length: > 0 } url ? QueueNames.OfUrl(url) : "",
            };
            var single = action.EndsWith(Batch, StringComparison.Ordinal) ? action[..^Batch.Length] : action;
            return [new($"sqs:{single}", $"arn:{place.Partition}:sqs:{place.Region}:{place.Account}:{name}")];
        }
        catch (ApiException)
        {
            return [new("sqs:*", "*")]; // what is wrong with it is for the service to say
        }
    }
}
