using System.Net;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.EventBridge.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.EventBridge;

/// <summary>Amazon EventBridge. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
public sealed class AmazonEventBridgeClient : JsonClient
{
    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonEventBridgeClient(AWSCredentials? credentials, AmazonEventBridgeConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.EventBridge";

    public Task<PutRuleResponse> PutRuleAsync(
        PutRuleRequest request, CancellationToken cancellationToken = default) =>
        Target("PutRule", request, EventBridgeJson.Default.PutRuleRequest, EventBridgeJson.Default.PutRuleResponse, cancellationToken);

    public Task<DescribeRuleResponse> DescribeRuleAsync(
        DescribeRuleRequest request, CancellationToken cancellationToken = default) =>
        Target("DescribeRule", request, EventBridgeJson.Default.DescribeRuleRequest, EventBridgeJson.Default.DescribeRuleResponse, cancellationToken);

    public Task<DeleteRuleResponse> DeleteRuleAsync(
        DeleteRuleRequest request, CancellationToken cancellationToken = default) =>
        Target("DeleteRule", request, EventBridgeJson.Default.DeleteRuleRequest, EventBridgeJson.Default.DeleteRuleResponse, cancellationToken);

    public Task<ListRulesResponse> ListRulesAsync(
        ListRulesRequest request, CancellationToken cancellationToken = default) =>
        Target("ListRules", request, EventBridgeJson.Default.ListRulesRequest, EventBridgeJson.Default.ListRulesResponse, cancellationToken);

    public Task<PutTargetsResponse> PutTargetsAsync(
        PutTargetsRequest request, CancellationToken cancellationToken = default) =>
        Target("PutTargets", request, EventBridgeJson.Default.PutTargetsRequest, EventBridgeJson.Default.PutTargetsResponse, cancellationToken);

    public Task<RemoveTargetsResponse> RemoveTargetsAsync(
        RemoveTargetsRequest request, CancellationToken cancellationToken = default) =>
        Target("RemoveTargets", request, EventBridgeJson.Default.RemoveTargetsRequest, EventBridgeJson.Default.RemoveTargetsResponse, cancellationToken);

    public Task<ListTargetsByRuleResponse> ListTargetsByRuleAsync(
        ListTargetsByRuleRequest request, CancellationToken cancellationToken = default) =>
        Target("ListTargetsByRule", request, EventBridgeJson.Default.ListTargetsByRuleRequest, EventBridgeJson.Default.ListTargetsByRuleResponse, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default) =>
        Target("TagResource", request, EventBridgeJson.Default.TagResourceRequest, EventBridgeJson.Default.TagResourceResponse, cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        Target("UntagResource", request, EventBridgeJson.Default.UntagResourceRequest, EventBridgeJson.Default.UntagResourceResponse, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        Target("ListTagsForResource", request, EventBridgeJson.Default.ListTagsForResourceRequest, EventBridgeJson.Default.ListTagsForResourceResponse, cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonEventBridgeException(error.Message, inner, error.Type, error.Code, error.RequestId, status);

    private Task<TResponse> Target<TRequest, TResponse>(
        string operation,
        TRequest request,
        JsonTypeInfo<TRequest> body,
        JsonTypeInfo<TResponse> answer,
        CancellationToken cancellation)
        where TRequest : AmazonWebServiceRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        Call(
            request,
            (r, http) =>
            {
                new Route("POST", "/").Header("X-Amz-Target", "AWSEvents." + operation).Fill(http);
                WriteJson(http, r, body, "application/x-amz-json-1.1");
            },
            a => a.Json(answer),
            cancellation);
}
