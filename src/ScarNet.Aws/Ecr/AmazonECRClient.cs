using Amazon.Runtime;
using ScarNet.Aws.Ecr.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ecr;

/// <summary>Amazon ECR. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonECRClient(AWSCredentials? credentials, AmazonECRConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonECRException(message, inner, type, code, request, status))
{
    private const string Prefix = "AmazonEC2ContainerRegistry_V20150921.";

    public Task<CreateRepositoryResponse> CreateRepositoryAsync(
        CreateRepositoryRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "CreateRepository", request, EcrJson.Default.CreateRepositoryRequest, EcrJson.Default.CreateRepositoryResponse, cancellationToken);

    public Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(
        DescribeRepositoriesRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DescribeRepositories", request, EcrJson.Default.DescribeRepositoriesRequest, EcrJson.Default.DescribeRepositoriesResponse, cancellationToken);

    public Task<DeleteRepositoryResponse> DeleteRepositoryAsync(
        DeleteRepositoryRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DeleteRepository", request, EcrJson.Default.DeleteRepositoryRequest, EcrJson.Default.DeleteRepositoryResponse, cancellationToken);

    public Task<DescribeImagesResponse> DescribeImagesAsync(
        DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "DescribeImages", request, EcrJson.Default.DescribeImagesRequest, EcrJson.Default.DescribeImagesResponse, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "TagResource", request, EcrJson.Default.TagResourceRequest, EcrJson.Default.TagResourceResponse, cancellationToken);

    public Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(
        GetAuthorizationTokenRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "GetAuthorizationToken", request, EcrJson.Default.GetAuthorizationTokenRequest, EcrJson.Default.GetAuthorizationTokenResponse, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        SendTo(Prefix + "ListTagsForResource", request, EcrJson.Default.ListTagsForResourceRequest, EcrJson.Default.ListTagsForResourceResponse, cancellationToken);
}
