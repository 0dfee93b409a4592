using System.Net;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Ecr.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Ecr;

/// <summary>Amazon ECR. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
public sealed class AmazonECRClient : JsonClient
{
    /// <param name="credentials">Null takes the SDK's chain.</param>
    /// <param name="config">Region or endpoint.</param>
    public AmazonECRClient(AWSCredentials? credentials, AmazonECRConfig config)
        : base(credentials, config)
    {
    }

    private protected override string ServiceName => "Amazon.ECR";

    public Task<CreateRepositoryResponse> CreateRepositoryAsync(
        CreateRepositoryRequest request, CancellationToken cancellationToken = default) =>
        Target("CreateRepository", request, EcrJson.Default.CreateRepositoryRequest, EcrJson.Default.CreateRepositoryResponse, cancellationToken);

    public Task<DescribeRepositoriesResponse> DescribeRepositoriesAsync(
        DescribeRepositoriesRequest request, CancellationToken cancellationToken = default) =>
        Target("DescribeRepositories", request, EcrJson.Default.DescribeRepositoriesRequest, EcrJson.Default.DescribeRepositoriesResponse, cancellationToken);

    public Task<DeleteRepositoryResponse> DeleteRepositoryAsync(
        DeleteRepositoryRequest request, CancellationToken cancellationToken = default) =>
        Target("DeleteRepository", request, EcrJson.Default.DeleteRepositoryRequest, EcrJson.Default.DeleteRepositoryResponse, cancellationToken);

    public Task<DescribeImagesResponse> DescribeImagesAsync(
        DescribeImagesRequest request, CancellationToken cancellationToken = default) =>
        Target("DescribeImages", request, EcrJson.Default.DescribeImagesRequest, EcrJson.Default.DescribeImagesResponse, cancellationToken);

    public Task<BatchDeleteImageResponse> BatchDeleteImageAsync(
        BatchDeleteImageRequest request, CancellationToken cancellationToken = default) =>
        Target("BatchDeleteImage", request, EcrJson.Default.BatchDeleteImageRequest, EcrJson.Default.BatchDeleteImageResponse, cancellationToken);

    public Task<GetAuthorizationTokenResponse> GetAuthorizationTokenAsync(
        GetAuthorizationTokenRequest request, CancellationToken cancellationToken = default) =>
        Target("GetAuthorizationToken", request, EcrJson.Default.GetAuthorizationTokenRequest, EcrJson.Default.GetAuthorizationTokenResponse, cancellationToken);

    public Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request, CancellationToken cancellationToken = default) =>
        Target("ListTagsForResource", request, EcrJson.Default.ListTagsForResourceRequest, EcrJson.Default.ListTagsForResourceResponse, cancellationToken);

    private protected override AmazonServiceException Error(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new AmazonECRException(error.Message, inner, error.Type, error.Code, error.RequestId, status);

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
                new Route("POST", "/").Header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation).Fill(http);
                WriteJson(http, r, body, "application/x-amz-json-1.1");
            },
            a => a.Json(answer),
            cancellation);
}
