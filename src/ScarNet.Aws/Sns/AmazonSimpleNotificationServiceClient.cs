using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Http;
using ScarNet.Aws.Sns.Model;

namespace ScarNet.Aws.Sns;

/// <summary>SNS, as far as sending goes: the query protocol. Members carry the names of the SDK's own client.</summary>
public sealed class AmazonSimpleNotificationServiceClient : QueryClient
{
    internal const string Version = "2010-03-31";

    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonSimpleNotificationServiceClient(AWSCredentials? credentials, AmazonSimpleNotificationServiceConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.SimpleNotificationService";

    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) => Ask(
        "Publish",
        request,
        Fill,
        result => new PublishResponse { MessageId = XmlAnswer.Text(result, "MessageId") },
        cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonSimpleNotificationServiceException(error.Message, inner, error.Type, error.Code, error.RequestId, status);

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
