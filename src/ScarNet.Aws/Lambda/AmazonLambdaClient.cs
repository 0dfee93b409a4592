using Amazon.Runtime;
using ScarNet.Aws.Http;
using ScarNet.Aws.Lambda.Model;

namespace ScarNet.Aws.Lambda;

/// <summary>AWS Lambda. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonLambdaClient(AWSCredentials? credentials, AmazonLambdaConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonLambdaException(message, inner, type, code, request, status))
{
    private const string Functions = "/2015-03-31/functions";
    private const string Function = Functions + "/{FunctionName}";
    private const string Versions = Function + "/versions";
    private const string Aliases = Function + "/aliases";
    private const string Alias = Aliases + "/{Name}";
    private const string EventInvokeConfig = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    private const string Tags = "/2017-03-31/tags/{Resource}";

    public Task<CreateFunctionResponse> CreateFunctionAsync(
        CreateFunctionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", Functions),
            request,
            LambdaJson.Default.CreateFunctionRequest,
            LambdaJson.Default.CreateFunctionResponse,
            cancellationToken);

    public Task<GetAccountSettingsResponse> GetAccountSettingsAsync(
        GetAccountSettingsRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("GET", "/2016-08-19/account-settings"), request, null, LambdaJson.Default.GetAccountSettingsResponse, cancellationToken);

    public Task<ListFunctionsResponse> ListFunctionsAsync(
        ListFunctionsRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Functions)
                .Query("FunctionVersion", request.FunctionVersion)
                .Query("Marker", request.Marker)
                .Query("MaxItems", request.MaxItems?.ToString()),
            request,
            null,
            LambdaJson.Default.ListFunctionsResponse,
            cancellationToken);

    public Task<GetFunctionResponse> GetFunctionAsync(
        GetFunctionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Function).Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.GetFunctionResponse,
            cancellationToken);

    public Task<GetFunctionConfigurationResponse> GetFunctionConfigurationAsync(
        GetFunctionConfigurationRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Function + "/configuration").Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.GetFunctionConfigurationResponse,
            cancellationToken);

    public Task<UpdateFunctionCodeResponse> UpdateFunctionCodeAsync(
        UpdateFunctionCodeRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("PUT", Function + "/code").Label("FunctionName", request.FunctionName),
            request,
            LambdaJson.Default.UpdateFunctionCodeRequest,
            LambdaJson.Default.UpdateFunctionCodeResponse,
            cancellationToken);

    public Task<UpdateFunctionConfigurationResponse> UpdateFunctionConfigurationAsync(
        UpdateFunctionConfigurationRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("PUT", Function + "/configuration").Label("FunctionName", request.FunctionName),
            request,
            LambdaJson.Default.UpdateFunctionConfigurationRequest,
            LambdaJson.Default.UpdateFunctionConfigurationResponse,
            cancellationToken);

    public Task<DeleteFunctionResponse> DeleteFunctionAsync(
        DeleteFunctionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("DELETE", Function).Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.DeleteFunctionResponse,
            cancellationToken);

    public Task<PublishVersionResponse> PublishVersionAsync(
        PublishVersionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", Versions).Label("FunctionName", request.FunctionName),
            request,
            LambdaJson.Default.PublishVersionRequest,
            LambdaJson.Default.PublishVersionResponse,
            cancellationToken);

    public Task<ListVersionsByFunctionResponse> ListVersionsByFunctionAsync(
        ListVersionsByFunctionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Versions)
                .Label("FunctionName", request.FunctionName)
                .Query("Marker", request.Marker)
                .Query("MaxItems", request.MaxItems?.ToString()),
            request,
            null,
            LambdaJson.Default.ListVersionsByFunctionResponse,
            cancellationToken);

    public Task<CreateAliasResponse> CreateAliasAsync(
        CreateAliasRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", Aliases).Label("FunctionName", request.FunctionName),
            request,
            LambdaJson.Default.CreateAliasRequest,
            LambdaJson.Default.CreateAliasResponse,
            cancellationToken);

    public Task<GetAliasResponse> GetAliasAsync(
        GetAliasRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Alias).Label("FunctionName", request.FunctionName).Label("Name", request.Name),
            request,
            null,
            LambdaJson.Default.GetAliasResponse,
            cancellationToken);

    public Task<UpdateAliasResponse> UpdateAliasAsync(
        UpdateAliasRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("PUT", Alias).Label("FunctionName", request.FunctionName).Label("Name", request.Name),
            request,
            LambdaJson.Default.UpdateAliasRequest,
            LambdaJson.Default.UpdateAliasResponse,
            cancellationToken);

    public Task<DeleteAliasResponse> DeleteAliasAsync(
        DeleteAliasRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("DELETE", Alias).Label("FunctionName", request.FunctionName).Label("Name", request.Name),
            request,
            null,
            LambdaJson.Default.DeleteAliasResponse,
            cancellationToken);

    public Task<AddPermissionResponse> AddPermissionAsync(
        AddPermissionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", Function + "/policy").Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            LambdaJson.Default.AddPermissionRequest,
            LambdaJson.Default.AddPermissionResponse,
            cancellationToken);

    public Task<RemovePermissionResponse> RemovePermissionAsync(
        RemovePermissionRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("DELETE", Function + "/policy/{StatementId}")
                .Label("FunctionName", request.FunctionName)
                .Label("StatementId", request.StatementId)
                .Query("Qualifier", request.Qualifier)
                .Query("RevisionId", request.RevisionId),
            request,
            null,
            LambdaJson.Default.RemovePermissionResponse,
            cancellationToken);

    public Task<GetPolicyResponse> GetPolicyAsync(
        GetPolicyRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", Function + "/policy").Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.GetPolicyResponse,
            cancellationToken);

    public Task<PutFunctionEventInvokeConfigResponse> PutFunctionEventInvokeConfigAsync(
        PutFunctionEventInvokeConfigRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("PUT", EventInvokeConfig).Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            LambdaJson.Default.PutFunctionEventInvokeConfigRequest,
            LambdaJson.Default.PutFunctionEventInvokeConfigResponse,
            cancellationToken);

    public Task<GetFunctionEventInvokeConfigResponse> GetFunctionEventInvokeConfigAsync(
        GetFunctionEventInvokeConfigRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("GET", EventInvokeConfig).Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.GetFunctionEventInvokeConfigResponse,
            cancellationToken);

    public Task<DeleteFunctionEventInvokeConfigResponse> DeleteFunctionEventInvokeConfigAsync(
        DeleteFunctionEventInvokeConfigRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("DELETE", EventInvokeConfig).Label("FunctionName", request.FunctionName).Query("Qualifier", request.Qualifier),
            request,
            null,
            LambdaJson.Default.DeleteFunctionEventInvokeConfigResponse,
            cancellationToken);

    public Task<PutFunctionConcurrencyResponse> PutFunctionConcurrencyAsync(
        PutFunctionConcurrencyRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("PUT", "/2017-10-31/functions/{FunctionName}/concurrency").Label("FunctionName", request.FunctionName),
            request,
            LambdaJson.Default.PutFunctionConcurrencyRequest,
            LambdaJson.Default.PutFunctionConcurrencyResponse,
            cancellationToken);

    public Task<DeleteFunctionConcurrencyResponse> DeleteFunctionConcurrencyAsync(
        DeleteFunctionConcurrencyRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("DELETE", "/2017-10-31/functions/{FunctionName}/concurrency").Label("FunctionName", request.FunctionName),
            request,
            null,
            LambdaJson.Default.DeleteFunctionConcurrencyResponse,
            cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(
        TagResourceRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", Tags).Label("Resource", request.Resource),
            request,
            LambdaJson.Default.TagResourceRequest,
            LambdaJson.Default.TagResourceResponse,
            cancellationToken);

    public Task<UntagResourceResponse> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var route = new Route("DELETE", Tags).Label("Resource", request.Resource);
        request.TagKeys?.ForEach(key => route.Query("tagKeys", key));
        return Send(route, request, null, LambdaJson.Default.UntagResourceResponse, cancellationToken);
    }

    /// <summary>Calls the function. That it failed is in the answer, not an exception.</summary>
    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var route = new Route("POST", Function + "/invocations")
            .Label("FunctionName", request.FunctionName)
            .Query("Qualifier", request.Qualifier)
            .Header("X-Amz-Invocation-Type", request.InvocationType)
            .Header("X-Amz-Log-Type", request.LogType)
            .Header("Content-Type", "application/json");
        return Call(
            request,
            (r, http) =>
            {
                route.Fill(http);
                http.Content = r.PayloadStream?.ToArray() ?? [];
            },
            static answer => new InvokeResponse
            {
                StatusCode = answer.Status,
                FunctionError = answer.Header("X-Amz-Function-Error"),
                LogResult = answer.Header("X-Amz-Log-Result"),
                ExecutedVersion = answer.Header("X-Amz-Executed-Version"),
                Payload = answer.Bytes(),
            },
            cancellationToken);
    }
}
