using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>AWS::Logs::LogGroup.</summary>
internal sealed class LogGroupKind(EngineCalls calls) : ResourceKind
{
    private const string Api = "Logs_20140328.";

    public override IReadOnlySet<string> Unchangeable { get; } = new HashSet<string> { "LogGroupName" };

    public override async Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation)
    {
        var (name, isOurs) = input.NameOf("LogGroupName");
        await input.Make(name, isOurs, () => calls.Target("logs", Api + "CreateLogGroup", new JsonObject { ["logGroupName"] = name }, cancellation));
        return await Retain(name, input, cancellation);
    }

    public override Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation) =>
        Retain(physicalId, input, cancellation);

    public override Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation) =>
        Tolerant(() => calls.Target("logs", Api + "DeleteLogGroup", new JsonObject { ["logGroupName"] = physicalId }, cancellation));

    private async Task<Made> Retain(string name, ResourceInput input, CancellationToken cancellation)
    {
        var group = new JsonObject { ["logGroupName"] = name };
        if (input.Properties["RetentionInDays"] is { } days)
        {
            group["retentionInDays"] = PropertyReading.Whole(days, "RetentionInDays");
        }

        await calls.Target("logs", Api + (group.Count > 1 ? "PutRetentionPolicy" : "DeleteRetentionPolicy"), group, cancellation);
        return new(name, Attribute("Arn", $"arn:aws:logs:{input.Stack.Region}:{input.Stack.Account}:log-group:{name}:*"));
    }
}
