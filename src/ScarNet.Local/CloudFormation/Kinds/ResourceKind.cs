using System.Text.Json.Nodes;

namespace ScarNet.Local.CloudFormation.Kinds;

/// <summary>A resource that is to be made or that is there.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Name">Its logical id.</param>
/// <param name="Type">Such as AWS::S3::Bucket.</param>
/// <param name="Properties">Everything in them resolved.</param>
internal sealed record ResourceInput(StackPlace Stack, string Name, string Type, JsonObject Properties)
{
    public string? this[string property] => Properties[property] is JsonValue value ? value.ToString() : null;

    /// <summary>
    /// Writes down under which id something is there of the resource, so that it is taken away again when the rest of its creation fails or is
    /// broken off. Never for what was there before: it would be deleted.
    /// </summary>
    public Func<string, Task> Remember { get; init; } = _ => Task.CompletedTask;

    /// <summary>The resource's name: as the template has it, or one that nothing else can have.</summary>
    public (string Name, bool IsOurs) NameOf(string property, int most = 63) => this[property] is { } given ? (given, false) : (Generated(most), true);

    /// <summary>Makes what has an id that is known before. One that nothing else can have is written down first, another once it is made.</summary>
    public async Task Make(string id, bool isOurs, Func<Task> create)
    {
        if (isOurs)
        {
            await Remember(id);
        }

        await create();
        if (!isOurs)
        {
            await Remember(id);
        }
    }

    /// <summary>A name for what the template gives none, as CloudFormation makes them.</summary>
    public string Generated(int most = 63)
    {
        var tail = $"-{Name}-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}";
        var head = Stack.StackName;
        return head[..Math.Min(head.Length, Math.Max(0, most - tail.Length))] + tail;
    }
}

/// <param name="PhysicalId">What Ref gives.</param>
/// <param name="Attributes">What Fn::GetAtt gives.</param>
internal sealed record Made(string PhysicalId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What the engine does with resources of one type. Taking away what is gone already is no error.</summary>
internal abstract class ResourceKind
{
    /// <summary>Properties whose change makes the resource anew.</summary>
    public virtual IReadOnlySet<string> Unchangeable { get; } = new HashSet<string>();

    /// <summary>What Fn::GetAtt may ask for.</summary>
    public virtual IReadOnlySet<string> Attributes { get; } = new HashSet<string> { "Arn" };

    /// <param name="input">As it shall be.</param>
    /// <param name="isThere">Whether it is there already, and is only taken into the stack.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public abstract Task<Made> Create(ResourceInput input, bool isThere, CancellationToken cancellation);

    /// <param name="physicalId">Of what is there.</param>
    /// <param name="before">Its properties now.</param>
    /// <param name="input">As it shall be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public abstract Task<Made> Update(string physicalId, JsonObject before, ResourceInput input, CancellationToken cancellation);

    public abstract Task Delete(string physicalId, JsonObject properties, CancellationToken cancellation);

    protected static async Task Tolerant(Func<Task> delete)
    {
        try
        {
            await delete();
        }
        catch (Http.ApiException e) when (EngineCalls.IsMissing(e))
        {
            // It is gone already.
        }
    }

    /// <summary>For what a service would take for its own when it is asked to make it: the stack must not take it away later.</summary>
    protected static Http.ApiException AlreadyExists(string name) => new(400, "AlreadyExists", $"{name} already exists");

    protected static Dictionary<string, string> Attribute(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
