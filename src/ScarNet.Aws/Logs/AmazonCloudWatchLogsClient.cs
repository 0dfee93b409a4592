using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.Logs.Model;

namespace ScarNet.Aws.Logs;

/// <summary>CloudWatch Logs. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonCloudWatchLogsClient(AWSCredentials? credentials, AmazonCloudWatchLogsConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonCloudWatchLogsException(message, inner, type, code, request, status))
{
    private const string Prefix = "Logs_20140328.";

    public Task<CreateLogGroupResponse> CreateLogGroupAsync(
        CreateLogGroupRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "CreateLogGroup", request, LogsJson.Default.CreateLogGroupRequest, LogsJson.Default.CreateLogGroupResponse, cancellationToken);

    public Task<PutRetentionPolicyResponse> PutRetentionPolicyAsync(
        PutRetentionPolicyRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "PutRetentionPolicy", request, LogsJson.Default.PutRetentionPolicyRequest, LogsJson.Default.PutRetentionPolicyResponse, cancellationToken);

    public Task<DeleteLogGroupResponse> DeleteLogGroupAsync(
        DeleteLogGroupRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DeleteLogGroup", request, LogsJson.Default.DeleteLogGroupRequest, LogsJson.Default.DeleteLogGroupResponse, cancellationToken);

    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(
        DescribeLogGroupsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DescribeLogGroups", request, LogsJson.Default.DescribeLogGroupsRequest, LogsJson.Default.DescribeLogGroupsResponse, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "ListTagsForResource", request, LogsJson.Default.ListTagsForResourceRequest, LogsJson.Default.ListTagsForResourceResponse, cancellationToken);

    public Task<DescribeLogStreamsResponse> DescribeLogStreamsAsync(
        DescribeLogStreamsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DescribeLogStreams", request, LogsJson.Default.DescribeLogStreamsRequest, LogsJson.Default.DescribeLogStreamsResponse, cancellationToken);

    public Task<GetLogEventsResponse> GetLogEventsAsync(
        GetLogEventsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "GetLogEvents", request, LogsJson.Default.GetLogEventsRequest, LogsJson.Default.GetLogEventsResponse, cancellationToken);

    public Task<FilterLogEventsResponse> FilterLogEventsAsync(
        FilterLogEventsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "FilterLogEvents", request, LogsJson.Default.FilterLogEventsRequest, LogsJson.Default.FilterLogEventsResponse, cancellationToken);
}
