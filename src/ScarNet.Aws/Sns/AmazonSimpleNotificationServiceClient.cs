using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.Sns.Model;

namespace ScarNet.Aws.Sns;

/// <summary>SNS, as far as sending goes: the query protocol. Members carry the names of the SDK's own client.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonSimpleNotificationServiceClient(AWSCredentials? credentials, AmazonSimpleNotificationServiceConfig config)
    : QueryClient(credentials, config, (message, inner, type, code, request, status) => new AmazonSimpleNotificationServiceException(message, inner, type, code, request, status))
{
    internal const string Version = "2010-03-31";

    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) => Ask(
        "Publish",
        request,
        Fill,
        result => new PublishResponse { MessageId = XmlAnswer.Text(result, "MessageId") },
        cancellationToken);

    private static QueryForm Fill(PublishRequest request, QueryForm form)
    {
        form.Add("TopicArn", request.TopicArn).Add("Subject", request.Subject).Add("Message", request.Message);
        foreach (var (i, (name, value)) in (request.MessageAttributes ?? []).Index())
        {
            var at = $"MessageAttributes.entry.{i + 1}";
            form.Add($"{at}.Name", name).Add($"{at}.Value.DataType", value.DataType).Add($"{at}.Value.StringValue", value.StringValue);
        }

        return form;
    }
}
