using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Lambda;

/// <summary>Invoke: RequestResponse, Event and DryRun.</summary>
internal sealed class InvokeApi(
    Database database, AsyncQueue queue, InvocationSlots slots, Invoker invoker, SynchronousCalls calls, TimeProvider clock)
{
    // Source: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, invocation payload
    private const int MostSyncBytes = 6 * 1024 * 1024;
    private const int MostAsyncBytes = 1024 * 1024;

    /// <summary>AWS would refuse at once; here a slot is free again soon, and nobody else waits. Below the 60 s that clients wait for an answer.</summary>
    private static readonly TimeSpan SlotLimit = TimeSpan.FromSeconds(50);

    public async Task Invoke(HttpContext http, FunctionRecord function, CancellationToken stopping)
    {
        var type = http.Request.Headers["X-Amz-Invocation-Type"].ToString();
        var payload = await Payload(http, type == "Event" ? MostAsyncBytes : MostSyncBytes);
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        switch (type)
        {
            case "" or "RequestResponse":
                await Wait(http, function, requestId, payload, stopping);
                break;
            case "Event":
                await database.Write(
                    db => AsyncQueue.Enqueue(db, function.QualifiedArn, payload, clock.GetUtcNow(), requestId), http.RequestAborted);
                queue.Signal();
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
            case "DryRun":
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                throw LambdaFault.Validation(type, "invocationType", "Member must satisfy enum value set: [Event, RequestResponse, DryRun]");
        }
    }

    private static async Task<byte[]> Payload(HttpContext http, int most)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        if (body.Length > most)
        {
            throw LambdaFault.TooLarge(most);
        }

        if (body.Length == 0)
        {
            return "{}"u8.ToArray();
        }

        try
        {
            using var json = JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (JsonException e)
        {
            throw LambdaFault.NotJson(e.Message);
        }

        return body.ToArray();
    }

    /// <summary>The invocation goes on when the client goes away, as on AWS.</summary>
    private async Task Wait(HttpContext http, FunctionRecord function, string requestId, byte[] payload, CancellationToken stopping)
    {
        var traceId = http.Request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 } given
            ? given
            : Invocation.NewTraceId(clock.GetUtcNow());
        using var call = calls.Begin(function.Name);
        var result = await InSlot(function, new Invocation(requestId, function.QualifiedArn, payload, traceId), stopping);
        var headers = http.Response.Headers;
        headers["X-Amz-Executed-Version"] = function.Version;
        if (result.Error is { } error)
        {
            headers["X-Amz-Function-Error"] = error;
        }

        if (http.Request.Headers["X-Amz-Log-Type"] == "Tail")
        {
            headers["X-Amz-Log-Result"] = Convert.ToBase64String(result.LogTail);
        }

        http.Response.ContentType = Wire.JsonOutput.Rest;
        http.Response.ContentLength = result.Payload.Length;
        await http.Response.Body.WriteAsync(result.Payload, http.RequestAborted);
    }

    private async Task<InvocationResult> InSlot(FunctionRecord function, Invocation invocation, CancellationToken stopping)
    {
        if (!slots.HasRoom(function))
        {
            throw LambdaFault.Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
        }

        if (!await slots.Wait(SlotLimit, stopping))
        {
            throw LambdaFault.Throttled("ConcurrentInvocationLimitExceeded");
        }

        if (!slots.TryEnter(function))
        {
            slots.GiveBack();
            throw LambdaFault.Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
        }

        try
        {
            return await invoker.Run(function, invocation, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new ApiException(503, "ServiceException", "The engine is being stopped.");
        }
        finally
        {
            slots.Leave(function.Name);
        }
    }
}
