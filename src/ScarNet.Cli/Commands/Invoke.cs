using System.Text;
using System.Text.Json;
using ScarNet.Aws.Lambda;
using ScarNet.Cli.Output;
using ScarNet.Core;
using Model = ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet invoke</c>.</summary>
internal sealed class Invoke(Session session)
{
    public async Task<int> Run(InvokeRequest request, CancellationToken cancellation)
    {
        var payload = Payload(request.Data);
        using var clients = await Cloud.Connect(session, cancellation);
        var call = new Model.InvokeRequest
        {
            FunctionName = request.Function,
            InvocationType = "RequestResponse",
            LogType = "Tail",
            PayloadStream = new MemoryStream(payload),
        };
        try
        {
            var response = await clients.Lambda.InvokeAsync(call, cancellation);
            return Report(response);
        }
        catch (AmazonLambdaException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw new ScarException($"there is no function '{request.Function}'", "'scarnet ls' lists what is there");
        }
    }

    /// <exception cref="ScarException">It is neither JSON nor a file that holds JSON.</exception>
    internal static byte[] Payload(string? data)
    {
        if (data is null)
        {
            return "{}"u8.ToArray();
        }

        var isFile = File.Exists(data);
        var bytes = isFile ? File.ReadAllBytes(data) : Encoding.UTF8.GetBytes(data);
        try
        {
            using var _ = JsonDocument.Parse(bytes);
            return bytes;
        }
        catch (JsonException e)
        {
            throw new ScarException(
                isFile ? $"'{data}' does not hold JSON ({e.Message})" : $"--data '{data}' is neither a file nor JSON",
                "Lambda takes JSON; text goes as '\"text\"'");
        }
    }

    private int Report(Model.InvokeResponse response)
    {
        var said = response.Payload is { } stream ? Encoding.UTF8.GetString(stream.ToArray()) : "";
        var log = response.LogResult is { Length: > 0 } tail ? Encoding.UTF8.GetString(Convert.FromBase64String(tail)) : "";
        var answer = new InvokeAnswer(response.FunctionError is null, response.FunctionError, Json(said), log);
        if (!session.Options.Json && log.Length > 0)
        {
            session.Terminal.Say(log.TrimEnd());
        }

        session.Terminal.Answer(session.Options.Json, answer, AnswerJson.Shapes.InvokeAnswer, _ => said);
        if (!answer.Succeeded)
        {
            session.Terminal.Fail("the function failed", "'scarnet log -n NAME' shows all that it said");
        }

        return answer.Succeeded ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonElement? Json(string said)
    {
        try
        {
            using var document = JsonDocument.Parse(said);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
