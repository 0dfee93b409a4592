using System.Globalization;
using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::Lambda::Function.</summary>
internal sealed class FunctionKind(EngineCalls calls) : ResourceKind
{
    private const string Root = "/2015-03-31/functions";
    private static readonly string[] ofCode = ["Code", "Architectures"];

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "FunctionName", "PackageType" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var request = Request(input.Properties);
        request["FunctionName"] ??= input.Generated();
        var answer = await calls.Json("lambda", "POST", Root, request, cancellation);
        return Made((string)answer!["FunctionName"]!, answer);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        var request = Request(input.Properties);
        if (!JsonNode.DeepEquals(before["Code"], input.Properties["Code"]))
        {
            var code = (JsonObject)request["Code"]!.DeepClone();
            code["Architectures"] = request["Architectures"]?.DeepClone();
            await calls.Json("lambda", "PUT", $"{Root}/{physicalId}/code", code, cancellation);
        }

        foreach (var member in (string[])[.. ofCode, "FunctionName", "Tags", "PackageType"])
        {
            request.Remove(member);
        }

        return Made(physicalId, await calls.Json("lambda", "PUT", $"{Root}/{physicalId}/configuration", request, cancellation));
    }

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.Json("lambda", "DELETE", $"{Root}/{physicalId}", null, cancellation));

    private static Made Made(string name, JsonNode? answer) => new(name, Attribute("Arn", (string)answer!["FunctionArn"]!));

    private static JsonObject Request(JsonObject properties)
    {
        var request = (JsonObject)properties.DeepClone();
        foreach (var number in (string[])["MemorySize", "Timeout"])
        {
            if (request[number] is { } value)
            {
                request[number] = int.Parse(value.ToString(), CultureInfo.InvariantCulture);
            }
        }

        if (request["Tags"] is JsonArray tags)
        {
            request["Tags"] = new JsonObject(tags.Select(tag => KeyValuePair.Create((string)tag!["Key"]!, tag["Value"]?.DeepClone())));
        }

        return request;
    }
}
