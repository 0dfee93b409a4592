using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ScarNet.Core;
using ScarNet.Core.Tasks;
using ScarNet.Local.Http;

namespace ScarNet.Cli.Tes;

/// <summary>
/// GA4GH TES 1.1 over HTTP on 127.0.0.1, below <c>/ga4gh/tes/v1</c> and at the root. It asks for no password: whoever is on this machine
/// may hand in tasks; a page in a browser, which comes with another Host or with an Origin, may not.
/// </summary>
internal sealed class TesServer(TaskStore store, TaskQueue queue, int port, DateTimeOffset started, string version)
{
    private const string Base = "/ga4gh/tes/v1";
    private const long MostBytes = 16 * 1024 * 1024;

    public async Task Handle(HttpContext context)
    {
        var (status, body) = await Answer(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private async Task<(int Status, JsonObject Body)> Answer(HttpContext context)
    {
        try
        {
            var host = context.Request.Host;
            if (host.Port != port || host.Host is not ("127.0.0.1" or "localhost") || context.Request.Headers.Origin.Count > 0)
            {
                return Problem(403, "this server answers programs of this machine only");
            }

            return await Route(context);
        }
        catch (ScarException e)
        {
            return Problem(400, e.Hint is null ? e.Message : $"{e.Message}: {e.Hint}");
        }
        catch (JsonException e)
        {
            return Problem(400, $"the body is no JSON: {e.Message}");
        }
        catch (BadHttpRequestException e)
        {
            return Problem(e.StatusCode, e.Message);
        }
    }

    private async Task<(int Status, JsonObject Body)> Route(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        path = path.StartsWith(Base + "/", StringComparison.Ordinal) ? path[Base.Length..] : path;
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (context.Request.Method, names)
        {
            case ("GET", ["service-info"] or ["tasks", "service-info"]):
                return (200, ServiceInfo());
            case ("GET", ["tasks"]):
                return (200, List(context.Request.Query));
            case ("POST", ["tasks"]):
                return (200, await Create(context));
            case ("GET", ["tasks", var id]):
                return store.Find(id) is { } found
                    ? (200, TaskViews.Of(found.Document(), context.Request.Query["view"]))
                    : NoTask(id);
            case ("POST", ["tasks", var name]) when name.EndsWith(":cancel", StringComparison.Ordinal):
                return await Cancel(name[..^":cancel".Length]);
            default:
                return Problem(404, $"there is no {context.Request.Method} {path}");
        }
    }

    private async Task<JsonObject> Create(HttpContext context)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            throw new ScarException($"a task has {MostBytes / (1024 * 1024)} MiB at most");
        }

        var (task, problems) = TesReader.Read(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted));
        var stored = store.Add(task ?? throw new ScarException(string.Join("; ", problems)));
        queue.Add(stored);
        return new() { ["id"] = stored.Id };
    }

    private async Task<(int Status, JsonObject Body)> Cancel(string id)
    {
        if (store.Find(id) is not { } task)
        {
            return NoTask(id);
        }

        await queue.Cancel(task);
        return (200, []);
    }

    private JsonObject List(IQueryCollection query)
    {
        var filter = TaskFilter.Read(name => [.. query[name].OfType<string>()]);
        var found = store.All()
            .Select(task => (task.Task, Document: task.Document()))
            .Where(task => filter.Takes(task.Task, TesStates.Parse((string)task.Document["state"]!)!.Value))
            .Skip(filter.Skip)
            .ToList();
        var page = found.Take(filter.PageSize).Select(task => TaskViews.Of(task.Document, query["view"])).ToList();
        var list = new JsonObject { ["tasks"] = new JsonArray([.. page]) };
        if (found.Count > page.Count)
        {
            list["next_page_token"] = $"{filter.Skip + page.Count}";
        }

        return list;
    }

    private JsonObject ServiceInfo() => new()
    {
        ["id"] = "scarnet.local.tes",
        ["name"] = "ScarNet",
        ["type"] = new JsonObject { ["group"] = "org.ga4gh", ["artifact"] = "tes", ["version"] = "1.1.0" },
        ["description"] = "carries out tasks in containers of this machine",
        ["organization"] = new JsonObject { ["name"] = "ScarNet", ["url"] = $"http://127.0.0.1:{port}" },
        ["createdAt"] = TesWriter.Time(started),
        ["updatedAt"] = TesWriter.Time(started),
        ["environment"] = "local",
        ["version"] = version,
        ["storage"] = new JsonArray("s3://", "http://", "https://"),
        ["tesResources_backend_parameters"] = new JsonArray([.. TesRules.BackendParameters.Select(name => (JsonNode)name)]),
    };

    private static (int Status, JsonObject Body) NoTask(string id) => Problem(404, $"there is no task '{id}'");

    private static (int Status, JsonObject Body) Problem(int status, string message) =>
        (status, new() { ["status_code"] = status, ["msg"] = message });
}
