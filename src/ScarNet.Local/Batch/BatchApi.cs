using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Batch;

/// <summary>AWS Batch's REST-JSON: <c>POST /v1/&lt;operation&gt;</c>, and tags.</summary>
internal sealed class BatchApi
{
    public const string Schema = BatchSchema.Text;

    private const string Root = "/v1/";
    private const string TagsRoot = "/v1/tags/";

    private readonly ComputeEnvironments environments;
    private readonly JobQueues queues;
    private readonly JobDefinitions definitions;
    private readonly JobSubmission submission;
    private readonly JobViews views;
    private readonly JobLists lists;
    private readonly JobStops stops;
    private readonly Tags tags;

    public BatchApi(BatchContext batch)
    {
        environments = new ComputeEnvironments(batch);
        queues = new JobQueues(batch);
        definitions = new JobDefinitions(batch);
        submission = new JobSubmission(batch, definitions);
        views = new JobViews(batch);
        lists = new JobLists(batch);
        stops = new JobStops(batch);
        tags = new Tags(batch);
    }

    public async Task Handle(HttpContext context)
    {
        var target = context.Features.Get<RequestTarget>() ?? RequestTarget.Of(context, null);
        var answer = target.RawPath.StartsWith(TagsRoot, StringComparison.Ordinal)
            ? await HandleTags(context, target)
            : await HandleOperation(context, target.RawPath);
        await JsonOutput.Write(context, StatusCodes.Status200OK, answer, JsonOutput.Rest);
    }

    private async Task<JsonObject> HandleTags(HttpContext context, RequestTarget target)
    {
        var arn = Uri.UnescapeDataString(target.RawPath[TagsRoot.Length..]);
        return context.Request.Method switch
        {
            "GET" => tags.List(arn),
            "POST" => await tags.Add(arn, (await Body(context)).Json, context.RequestAborted),
            "DELETE" => await tags.Remove(
                arn, [.. target.Query.Where(parameter => parameter.Key == "tagKeys").Select(parameter => parameter.Value)], context.RequestAborted),
            var method => throw NoSuchOperation($"{method} {target.RawPath}"),
        };
    }

    private async Task<JsonObject> HandleOperation(HttpContext context, string path)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !path.StartsWith(Root, StringComparison.Ordinal))
        {
            throw NoSuchOperation($"{context.Request.Method} {path}");
        }

        var (body, bytes) = await Body(context);
        var aborted = context.RequestAborted;
        return path[Root.Length..] switch
        {
            "createcomputeenvironment" => await environments.Create(body, aborted),
            "describecomputeenvironments" => environments.Describe(body),
            "updatecomputeenvironment" => await environments.Update(body, aborted),
            "deletecomputeenvironment" => await environments.Delete(body, aborted),
            "createjobqueue" => await queues.Create(body, aborted),
            "describejobqueues" => queues.Describe(body),
            "updatejobqueue" => await queues.Update(body, aborted),
            "deletejobqueue" => await queues.Delete(body, aborted),
            "registerjobdefinition" => await definitions.Register(body, bytes, aborted),
            "describejobdefinitions" => definitions.Describe(body),
            "deregisterjobdefinition" => await definitions.Deregister(body, aborted),
            "submitjob" => await submission.Submit(body, bytes, aborted),
            "describejobs" => views.Describe(body),
            "listjobs" => lists.List(body),
            "canceljob" => await stops.Cancel(body, aborted),
            "terminatejob" => await stops.Terminate(body, aborted),
            _ => throw NoSuchOperation($"POST {path}"),
        };
    }

    private static async Task<(JsonObject Json, long Bytes)> Body(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        try
        {
            var json = bytes.Length == 0 ? [] : JsonNode.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)) as JsonObject;
            return (json ?? throw NotAnObject("it is something else"), bytes.Length);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw NotAnObject(e.Message);
        }
    }

    private static ApiException NotAnObject(string why) => new(400, "SerializationException", $"the body is not a JSON object: {why}");

    private static ApiException NoSuchOperation(string what) =>
        new(404, "UnknownOperationException", $"the local engine's Batch does not know {what}");
}
