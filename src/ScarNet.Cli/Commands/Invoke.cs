using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScarNet.Aws;
using ScarNet.Aws.Lambda;
using ScarNet.Cli.Deploy;
using ScarNet.Cli.Output;
using ScarNet.Core;
using ScarNet.Core.Jobs;
using Model = ScarNet.Aws.Lambda.Model;

namespace ScarNet.Cli.Commands;

/// <summary><c>scarnet invoke</c>.</summary>
internal sealed class Invoke(Session session)
{
    public async Task<int> Run(InvokeRequest request, CancellationToken cancellation)
    {
        var payload = WithParameters(Payload(request.Data), request.Parameters);
        using var clients = await Cloud.Connect(session, cancellation);
        var call = new Model.InvokeRequest
        {
            FunctionName = request.Function,
            Qualifier = await Called(clients, request.Function, cancellation),
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

    /// <summary>By its alias, when it has one; functions that others made need not.</summary>
    private static async Task<string?> Called(AwsClients clients, string function, CancellationToken cancellation)
    {
        var target = await Target.Of(clients, cancellation);
        return await new LiveAliases(target).Find(function, cancellation) is null ? null : Names.Live;
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

    /// <summary>The payload with the values of parameters in the member where the supervisor looks for them.</summary>
    /// <exception cref="ScarException">It has no room for them: it is no object.</exception>
    internal static byte[] WithParameters(byte[] payload, IReadOnlyDictionary<string, string> parameters)
    {
        if (parameters.Count == 0)
        {
            return payload;
        }

        if (JsonNode.Parse(payload) is not JsonObject data)
        {
            throw new ScarException("-P needs data that is a JSON object, in which the parameters go", "--data '{\"data\": [1, 2]}'");
        }

        var member = data[InvokeOverrides.ParametersMember] as JsonObject ?? [];
        foreach (var (name, value) in parameters)
        {
            member[name] = value;
        }

        data[InvokeOverrides.ParametersMember] = member.Parent is null ? member : member.DeepClone();
        return Encoding.UTF8.GetBytes(data.ToJsonString());
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
