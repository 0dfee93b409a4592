using Amazon.Runtime;
using ScarNet.Aws.EventBridge.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.EventBridge;

/// <summary>Amazon EventBridge. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonEventBridgeClient(AWSCredentials? credentials, AmazonEventBridgeConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonEventBridgeException(message, inner, type, code, request, status))
{
    private const string Prefix = "AWSEvents.";

    public Task<PutRuleResponse> PutRuleAsync(
        PutRuleRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "PutRule", request, EventBridgeJson.Default.PutRuleRequest, EventBridgeJson.Default.PutRuleResponse, cancellationToken);

    public Task<DescribeRuleResponse> DescribeRuleAsync(
        DescribeRuleRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DescribeRule", request, EventBridgeJson.Default.DescribeRuleRequest, EventBridgeJson.Default.DescribeRuleResponse, cancellationToken);

    public Task<DeleteRuleResponse> DeleteRuleAsync(
        DeleteRuleRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DeleteRule", request, EventBridgeJson.Default.DeleteRuleRequest, EventBridgeJson.Default.DeleteRuleResponse, cancellationToken);

    public Task<ListRulesResponse> ListRulesAsync(
        ListRulesRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "ListRules", request, EventBridgeJson.Default.ListRulesRequest, EventBridgeJson.Default.ListRulesResponse, cancellationToken);

    public Task<PutTargetsResponse> PutTargetsAsync(
        PutTargetsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "PutTargets", request, EventBridgeJson.Default.PutTargetsRequest, EventBridgeJson.Default.PutTargetsResponse, cancellationToken);

    public Task<RemoveTargetsResponse> RemoveTargetsAsync(
        RemoveTargetsRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "RemoveTargets", request, EventBridgeJson.Default.RemoveTargetsRequest, EventBridgeJson.Default.RemoveTargetsResponse, cancellationToken);

    public Task<ListTargetsByRuleResponse> ListTargetsByRuleAsync(
        ListTargetsByRuleRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "ListTargetsByRule", request, EventBridgeJson.Default.ListTargetsByRuleRequest, EventBridgeJson.Default.ListTargetsByRuleResponse, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "TagResource", request, EventBridgeJson.Default.TagResourceRequest, EventBridgeJson.Default.TagResourceResponse, cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "UntagResource", request, EventBridgeJson.Default.UntagResourceRequest, EventBridgeJson.Default.UntagResourceResponse, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "ListTagsForResource", request, EventBridgeJson.Default.ListTagsForResourceRequest, EventBridgeJson.Default.ListTagsForResourceResponse, cancellationToken);
}
