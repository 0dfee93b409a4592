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
        var (name, isOurs) = input.NameOf("FunctionName");
        request["FunctionName"] = name;
        JsonNode? answer = null;
        await input.Make(name, isOurs, async () => answer = await calls.Json("lambda", "POST", Root, request, cancellation));
        return Made(name, answer);
    }

    public override async Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation)
    {
        var request = Request(input.Properties);
        if (!JsonNode.DeepEquals(before["Code"], input.Properties["Code"]))
        {
            var code = request["Code"] as JsonObject is { } given ? (JsonObject)given.DeepClone() : throw StackFault.Invalid("Properties validation failed: required key [Code] not found");
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
                request[number] = PropertyReading.Whole(value, number);
            }
        }

        if (request["Tags"] is JsonArray)
        {
            request["Tags"] = new JsonObject(properties.Tags().Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        }

        return request;
    }
}
