using System.Net;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Http;
using ScarNet.Aws.Logs.Model;

namespace ScarNet.Aws.Logs;

/// <summary>CloudWatch Logs. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
public sealed class AmazonCloudWatchLogsClient : JsonClient
{
    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonCloudWatchLogsClient(AWSCredentials? credentials, AmazonCloudWatchLogsConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.CloudWatchLogs";

    public Task<CreateLogGroupResponse> CreateLogGroupAsync(
        CreateLogGroupRequest request, CancellationToken cancellationToken = default) =>
        Target("CreateLogGroup", request, LogsJson.Default.CreateLogGroupRequest, LogsJson.Default.CreateLogGroupResponse, cancellationToken);

    public Task<PutRetentionPolicyResponse> PutRetentionPolicyAsync(
        PutRetentionPolicyRequest request, CancellationToken cancellationToken = default) =>
        Target("PutRetentionPolicy", request, LogsJson.Default.PutRetentionPolicyRequest, LogsJson.Default.PutRetentionPolicyResponse, cancellationToken);

    public Task<DeleteLogGroupResponse> DeleteLogGroupAsync(
        DeleteLogGroupRequest request, CancellationToken cancellationToken = default) =>
        Target("DeleteLogGroup", request, LogsJson.Default.DeleteLogGroupRequest, LogsJson.Default.DeleteLogGroupResponse, cancellationToken);

    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(
        DescribeLogGroupsRequest request, CancellationToken cancellationToken = default) =>
        Target("DescribeLogGroups", request, LogsJson.Default.DescribeLogGroupsRequest, LogsJson.Default.DescribeLogGroupsResponse, cancellationToken);

    public Task<DescribeLogStreamsResponse> DescribeLogStreamsAsync(
        DescribeLogStreamsRequest request, CancellationToken cancellationToken = default) =>
        Target("DescribeLogStreams", request, LogsJson.Default.DescribeLogStreamsRequest, LogsJson.Default.DescribeLogStreamsResponse, cancellationToken);

    public Task<GetLogEventsResponse> GetLogEventsAsync(
        GetLogEventsRequest request, CancellationToken cancellationToken = default) =>
        Target("GetLogEvents", request, LogsJson.Default.GetLogEventsRequest, LogsJson.Default.GetLogEventsResponse, cancellationToken);

    public Task<FilterLogEventsResponse> FilterLogEventsAsync(
        FilterLogEventsRequest request, CancellationToken cancellationToken = default) =>
        Target("FilterLogEvents", request, LogsJson.Default.FilterLogEventsRequest, LogsJson.Default.FilterLogEventsResponse, cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonCloudWatchLogsException(error.Message, inner, error.Type, error.Code, error.RequestId, status);

    /// <summary>A call of the JSON 1.1 protocol: everything is in the body, a header names the operation.</summary>
    private Task<TResponse> Target<TRequest, TResponse>(
        string operation,
        TRequest request,
        JsonTypeInfo<TRequest> body,
        JsonTypeInfo<TResponse> answer,
        CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        SendTo("Logs_20140328." + operation, request, body, answer, cancellation);
}
