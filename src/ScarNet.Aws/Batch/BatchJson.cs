using System.Text.Json.Serialization;
using ScarNet.Aws.Batch.Model;

namespace ScarNet.Aws.Batch;

/// <summary>The wire form of Batch: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RegisterJobDefinitionRequest))]
[JsonSerializable(typeof(RegisterJobDefinitionResponse))]
[JsonSerializable(typeof(DescribeJobDefinitionsRequest))]
[JsonSerializable(typeof(DescribeJobDefinitionsResponse))]
[JsonSerializable(typeof(DeregisterJobDefinitionRequest))]
[JsonSerializable(typeof(DeregisterJobDefinitionResponse))]
[JsonSerializable(typeof(SubmitJobRequest))]
[JsonSerializable(typeof(SubmitJobResponse))]
[JsonSerializable(typeof(DescribeJobsRequest))]
[JsonSerializable(typeof(DescribeJobsResponse))]
[JsonSerializable(typeof(ListJobsRequest))]
[JsonSerializable(typeof(ListJobsResponse))]
[JsonSerializable(typeof(TerminateJobRequest))]
[JsonSerializable(typeof(TerminateJobResponse))]
[JsonSerializable(typeof(CancelJobRequest))]
[JsonSerializable(typeof(CancelJobResponse))]
[JsonSerializable(typeof(CreateComputeEnvironmentRequest))]
[JsonSerializable(typeof(CreateComputeEnvironmentResponse))]
[JsonSerializable(typeof(DescribeComputeEnvironmentsRequest))]
[JsonSerializable(typeof(DescribeComputeEnvironmentsResponse))]
[JsonSerializable(typeof(UpdateComputeEnvironmentRequest))]
[JsonSerializable(typeof(UpdateComputeEnvironmentResponse))]
[JsonSerializable(typeof(DeleteComputeEnvironmentRequest))]
[JsonSerializable(typeof(DeleteComputeEnvironmentResponse))]
[JsonSerializable(typeof(CreateJobQueueRequest))]
[JsonSerializable(typeof(CreateJobQueueResponse))]
[JsonSerializable(typeof(DescribeJobQueuesRequest))]
[JsonSerializable(typeof(DescribeJobQueuesResponse))]
[JsonSerializable(typeof(UpdateJobQueueRequest))]
[JsonSerializable(typeof(UpdateJobQueueResponse))]
[JsonSerializable(typeof(DeleteJobQueueRequest))]
[JsonSerializable(typeof(DeleteJobQueueResponse))]
[JsonSerializable(typeof(TagResourceRequest))]
[JsonSerializable(typeof(TagResourceResponse))]
internal sealed partial class BatchJson : JsonSerializerContext;
