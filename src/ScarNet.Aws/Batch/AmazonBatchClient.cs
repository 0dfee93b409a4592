using System.Text.Json;
using Amazon.Runtime;
using ScarNet.Aws.Batch.Model;
using ScarNet.Aws.Http;

namespace ScarNet.Aws.Batch;

/// <summary>AWS Batch. Members carry the names of the SDK's own client, so that moving to its package is a change of <c>using</c>.</summary>
/// <param name="credentials">Null takes the SDK's chain.</param>
/// <param name="config">Region or endpoint.</param>
public sealed class AmazonBatchClient(AWSCredentials? credentials, AmazonBatchConfig config)
    : JsonClient(credentials, config, (message, inner, type, code, request, status) => new AmazonBatchException(message, inner, type, code, request, status))
{
    /// <summary>The body of the call, byte for byte as it is sent: AWS limits its size (24 KiB).</summary>
    public static byte[] Body(RegisterJobDefinitionRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, BatchJson.Default.RegisterJobDefinitionRequest);

    public Task<RegisterJobDefinitionResponse> RegisterJobDefinitionAsync(RegisterJobDefinitionRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/registerjobdefinition"), request, BatchJson.Default.RegisterJobDefinitionRequest, BatchJson.Default.RegisterJobDefinitionResponse, cancellationToken);

    public Task<DescribeJobDefinitionsResponse> DescribeJobDefinitionsAsync(DescribeJobDefinitionsRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/describejobdefinitions"), request, BatchJson.Default.DescribeJobDefinitionsRequest, BatchJson.Default.DescribeJobDefinitionsResponse, cancellationToken);

    public Task<DeregisterJobDefinitionResponse> DeregisterJobDefinitionAsync(DeregisterJobDefinitionRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/deregisterjobdefinition"), request, BatchJson.Default.DeregisterJobDefinitionRequest, BatchJson.Default.DeregisterJobDefinitionResponse, cancellationToken);

    public Task<SubmitJobResponse> SubmitJobAsync(SubmitJobRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/submitjob"), request, BatchJson.Default.SubmitJobRequest, BatchJson.Default.SubmitJobResponse, cancellationToken);

    public Task<DescribeJobsResponse> DescribeJobsAsync(DescribeJobsRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/describejobs"), request, BatchJson.Default.DescribeJobsRequest, BatchJson.Default.DescribeJobsResponse, cancellationToken);

    public Task<ListJobsResponse> ListJobsAsync(ListJobsRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/listjobs"), request, BatchJson.Default.ListJobsRequest, BatchJson.Default.ListJobsResponse, cancellationToken);

    public Task<TerminateJobResponse> TerminateJobAsync(TerminateJobRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/terminatejob"), request, BatchJson.Default.TerminateJobRequest, BatchJson.Default.TerminateJobResponse, cancellationToken);

    public Task<CancelJobResponse> CancelJobAsync(CancelJobRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/canceljob"), request, BatchJson.Default.CancelJobRequest, BatchJson.Default.CancelJobResponse, cancellationToken);

    public Task<CreateComputeEnvironmentResponse> CreateComputeEnvironmentAsync(CreateComputeEnvironmentRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/createcomputeenvironment"), request, BatchJson.Default.CreateComputeEnvironmentRequest, BatchJson.Default.CreateComputeEnvironmentResponse, cancellationToken);

    public Task<DescribeComputeEnvironmentsResponse> DescribeComputeEnvironmentsAsync(DescribeComputeEnvironmentsRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/describecomputeenvironments"), request, BatchJson.Default.DescribeComputeEnvironmentsRequest, BatchJson.Default.DescribeComputeEnvironmentsResponse, cancellationToken);

    public Task<UpdateComputeEnvironmentResponse> UpdateComputeEnvironmentAsync(UpdateComputeEnvironmentRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/updatecomputeenvironment"), request, BatchJson.Default.UpdateComputeEnvironmentRequest, BatchJson.Default.UpdateComputeEnvironmentResponse, cancellationToken);

    public Task<DeleteComputeEnvironmentResponse> DeleteComputeEnvironmentAsync(DeleteComputeEnvironmentRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/deletecomputeenvironment"), request, BatchJson.Default.DeleteComputeEnvironmentRequest, BatchJson.Default.DeleteComputeEnvironmentResponse, cancellationToken);

    public Task<CreateJobQueueResponse> CreateJobQueueAsync(CreateJobQueueRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/createjobqueue"), request, BatchJson.Default.CreateJobQueueRequest, BatchJson.Default.CreateJobQueueResponse, cancellationToken);

    public Task<DescribeJobQueuesResponse> DescribeJobQueuesAsync(DescribeJobQueuesRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/describejobqueues"), request, BatchJson.Default.DescribeJobQueuesRequest, BatchJson.Default.DescribeJobQueuesResponse, cancellationToken);

    public Task<UpdateJobQueueResponse> UpdateJobQueueAsync(UpdateJobQueueRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/updatejobqueue"), request, BatchJson.Default.UpdateJobQueueRequest, BatchJson.Default.UpdateJobQueueResponse, cancellationToken);

    public Task<DeleteJobQueueResponse> DeleteJobQueueAsync(DeleteJobQueueRequest request, CancellationToken cancellationToken = default) =>
        Send(new Route("POST", "/v1/deletejobqueue"), request, BatchJson.Default.DeleteJobQueueRequest, BatchJson.Default.DeleteJobQueueResponse, cancellationToken);

    public Task<TagResourceResponse> TagResourceAsync(TagResourceRequest request, CancellationToken cancellationToken = default) =>
        Send(
            new Route("POST", "/v1/tags/{resourceArn}").Label("resourceArn", request.ResourceArn),
            request,
            BatchJson.Default.TagResourceRequest,
            BatchJson.Default.TagResourceResponse,
            cancellationToken);
}
