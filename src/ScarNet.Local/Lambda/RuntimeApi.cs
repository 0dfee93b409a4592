using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Http;
using ScarNet.Local.Wire;

namespace ScarNet.Local.Lambda;

/// <summary>
/// Lambda's Runtime API, version 2018-06-01, below a path that only its sandbox knows.
/// Source: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
internal sealed class RuntimeApi
{
    public const string Prefix = "/lambda-runtime/";

    /// <summary>Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, and what the service itself adds.</summary>
    private const int MostAnswerBytes = 6_291_556;

    private readonly ConcurrentDictionary<string, Sandbox> sandboxes = new(StringComparer.Ordinal);

    public void Open(Sandbox sandbox) => sandboxes[sandbox.Token] = sandbox;

    public void Close(Sandbox sandbox) => sandboxes.TryRemove(sandbox.Token, out _);

    public Task Handle(HttpContext context)
    {
        // (empty) / lambda-runtime / token / 2018-06-01 / runtime / …
        var path = context.Features.GetRequiredFeature<RequestTarget>().RawPath.Split('/');
        if (path.Length < 7 || !sandboxes.TryGetValue(path[2], out var sandbox) || path[3] != "2018-06-01" || path[4] != "runtime")
        {
            throw new ApiException(403, "AccessDenied", "There is no such runtime.");
        }

        return (context.Request.Method, path[5], path[6], path.Length > 7 ? path[7] : "") switch
        {
            ("GET", "invocation", "next", "") => Next(context, sandbox),
            ("POST", "invocation", var id, "response") => Answer(context, sandbox, id, failed: false),
            ("POST", "invocation", var id, "error") => Answer(context, sandbox, id, failed: true),
            ("POST", "init", "error", "") => FailInit(context, sandbox),
            _ => throw new ApiException(404, "ResourceNotFound", "The Runtime API has no such path."),
        };
    }

    private static async Task Next(HttpContext context, Sandbox sandbox)
    {
        Offer offer;
        do
        {
            offer = await (sandbox.TryAsk(out var offered) ? offered.WaitAsync(context.RequestAborted) : throw InvalidState());
        }
        while (!sandbox.Take(offer));
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = offer.Invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = offer.Deadline.ToUnixTimeMilliseconds().ToString();
        headers["Lambda-Runtime-Invoked-Function-Arn"] = offer.Invocation.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = offer.Invocation.TraceId;
        context.Response.ContentType = JsonOutput.Rest;
        context.Response.ContentLength = offer.Invocation.Payload.Length;
        await context.Response.Body.WriteAsync(offer.Invocation.Payload, context.RequestAborted);
    }

    private static async Task Answer(HttpContext context, Sandbox sandbox, string requestId, bool failed)
    {
        var body = await Body(context);
        var answer = body is null
            ? RuntimeAnswer.Fault(
                "Function.ResponseSizeTooLarge", $"Response payload size exceeded maximum allowed payload size ({MostAnswerBytes} bytes).")
            with
            { Reusable = true }
            : new RuntimeAnswer(body, failed);
        if (!sandbox.Answer(requestId, answer))
        {
            throw new ApiException(400, "InvalidRequestID", "Invalid request ID");
        }

        await Accept(context, body is null ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status202Accepted);
    }

    private static async Task FailInit(HttpContext context, Sandbox sandbox)
    {
        sandbox.FailInit(await Body(context) ?? []);
        await Accept(context, StatusCodes.Status202Accepted);
    }

    private static async Task<byte[]?> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length <= MostAnswerBytes)
            {
                body.Write(buffer, 0, read);
            }
        }

        return body.Length <= MostAnswerBytes ? body.ToArray() : null;
    }

    private static Task Accept(HttpContext context, int status) => JsonOutput.Write(
        context,
        status,
        new System.Text.Json.Nodes.JsonObject { ["status"] = status < 300 ? "OK" : "too large" },
        JsonOutput.Rest);

    private static ApiException InvalidState() => new(403, "InvalidStateTransition", "The last invocation is not answered yet.");
}
