using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Core.Iam;
using ScarNet.Local.Http;

namespace ScarNet.Local.Access;

/// <summary>What the operations of Batch ask for.</summary>
internal sealed class BatchActions(AwsPlace place)
{
    public const string Tasks = "ecs-tasks.amazonaws.com";

    private const string Root = "/v1/";
    private const string TagsRoot = "/v1/tags/";

    public IEnumerable<AccessRequest> Of(HttpContext context, RequestTarget target)
    {
        if (target.RawPath.StartsWith(TagsRoot, StringComparison.Ordinal))
        {
            var action = context.Request.Method switch { "GET" => "ListTagsForResource", "POST" => "TagResource", "DELETE" => "UntagResource", _ => "*" };
            return [new($"batch:{action}", Uri.UnescapeDataString(target.RawPath[TagsRoot.Length..]))];
        }

        var body = RequestBody.Json(context);
        var operation = target.RawPath.StartsWith(Root, StringComparison.Ordinal) ? target.RawPath[Root.Length..] : "";
        return operation switch
        {
            "submitjob" => Submit(body),
            "canceljob" => [On("CancelJob", "job", body.Text("jobId"))],
            "terminatejob" => [On("TerminateJob", "job", body.Text("jobId"))],
            "describejobs" => [new("batch:DescribeJobs", "*")],
            "listjobs" => [new("batch:ListJobs", "*")],
            "describejobdefinitions" => [new("batch:DescribeJobDefinitions", "*")],
            "describejobqueues" => [new("batch:DescribeJobQueues", "*")],
            "describecomputeenvironments" => [new("batch:DescribeComputeEnvironments", "*")],
            "registerjobdefinition" => Register(body),
            "deregisterjobdefinition" => [On("DeregisterJobDefinition", "job-definition", body.Text("jobDefinition"))],
            "createjobqueue" => [.. Queue("CreateJobQueue", body.Text("jobQueueName"), body), .. Tagged(body, "job-queue", body.Text("jobQueueName"))],
            "updatejobqueue" => Queue("UpdateJobQueue", body.Text("jobQueue"), body),
            "deletejobqueue" => [On("DeleteJobQueue", "job-queue", body.Text("jobQueue"))],
            "createcomputeenvironment" =>
            [
                On("CreateComputeEnvironment", "compute-environment", body.Text("computeEnvironmentName")),
                .. Tagged(body, "compute-environment", body.Text("computeEnvironmentName")),
            ],
            "updatecomputeenvironment" => [On("UpdateComputeEnvironment", "compute-environment", body.Text("computeEnvironment"))],
            "deletecomputeenvironment" => [On("DeleteComputeEnvironment", "compute-environment", body.Text("computeEnvironment"))],
            _ => [new("batch:*", "*")],
        };
    }

    private IEnumerable<AccessRequest> Submit(JsonElement body) =>
    [
        On("SubmitJob", "job-definition", body.Text("jobDefinition")),
        On("SubmitJob", "job-queue", body.Text("jobQueue")),
        .. Tagged(body, "job", "*"),
    ];

    private IEnumerable<AccessRequest> Register(JsonElement body)
    {
        var container = body.Member("containerProperties") ?? default;
        var task = (body.Member("ecsProperties") ?? default).Items("taskProperties").FirstOrDefault();
        string?[] roles = [container.Text("jobRoleArn"), container.Text("executionRoleArn"), task.Text("taskRoleArn"), task.Text("executionRoleArn")];
        return
        [
            On("RegisterJobDefinition", "job-definition", body.Text("jobDefinitionName")),
            .. roles.OfType<string>().Distinct().Select(role => LambdaActions.Pass(role, Tasks)),
            .. Tagged(body, "job-definition", body.Text("jobDefinitionName")),
        ];
    }

    private IEnumerable<AccessRequest> Queue(string action, string? name, JsonElement body) =>
    [
        On(action, "job-queue", name),
        .. body.Items("computeEnvironmentOrder").Select(order => On(action, "compute-environment", order.Text("computeEnvironment"))),
    ];

    // Source: docs.aws.amazon.com/batch/latest/userguide/supported-iam-actions-tagging.html
    private IEnumerable<AccessRequest> Tagged(JsonElement body, string kind, string? name) =>
        body.Member("tags") is { ValueKind: JsonValueKind.Object } tags && tags.EnumerateObject().Any() ? [On("TagResource", kind, name)] : [];

    private AccessRequest On(string action, string kind, string? name) => new(
        $"batch:{action}",
        name is not null && AwsPlace.IsArn(name) ? name : $"arn:{place.Partition}:batch:{place.Region}:{place.Account}:{kind}/{name}");
}
