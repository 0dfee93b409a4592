using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ScarNet.Local.Access;
using ScarNet.Local.Http;
using static ScarNet.Local.CloudFormation.StackXml;

namespace ScarNet.Local.CloudFormation;

/// <summary>Makes change sets and takes them away.</summary>
internal sealed partial class ChangeSets(
    StackStore store, EngineCalls calls, TimeProvider clock, Func<StackRecord, StackPlace> placeOf, string account, string region)
{
    private const string Named = "CAPABILITY_NAMED_IAM";

    // Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    private const int MostTemplateBytes = 51_200;

    public static string Body(StackForm form)
    {
        var body = form["TemplateBody"] ?? throw StackFault.Invalid("Either Template URL or Template Body must be specified: the local engine takes the body.");
        return System.Text.Encoding.UTF8.GetByteCount(body) <= MostTemplateBytes
            ? body
            : throw StackFault.Invalid($"1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to {MostTemplateBytes}");
    }

    /// <summary>What a caller must say that it knows.</summary>
    public static IReadOnlyList<string> Needs(Template template) =>
        template.Resources.Values.Any(resource => resource.Type.StartsWith("AWS::IAM::", StringComparison.Ordinal)) ? [Named] : [];

    public async Task<object?[]> Create(StackForm form, RoleSession? caller, CancellationToken cancellation)
    {
        var name = Name(form, "ChangeSetName");
        var existing = store.Find(form["StackName"] ?? "");
        var creates = form["ChangeSetType"] == "CREATE";
        var stack = (existing, creates) switch
        {
            ({ Status: not "REVIEW_IN_PROGRESS" }, true) => throw StackFault.Invalid($"Stack [{existing.Name}] already exists and cannot be created again with the changeSet [{name}]."),
            (null, false) => throw StackFault.NoStack(form["StackName"] ?? ""),
            ({ Status: "REVIEW_IN_PROGRESS" }, false) => throw StackFault.Invalid($"Stack [{existing.Name}] does not exist"),
            (null, true) => New(Name(form, "StackName")),
            _ => existing!,
        };
        if (stack.IsBusy || stack.Status is "ROLLBACK_COMPLETE" or "ROLLBACK_FAILED" or "DELETE_FAILED" or "CREATE_FAILED")
        {
            throw StackFault.Busy(stack.Id, stack.Status, "updated");
        }

        var set = await Set(form, name, stack, calls.As(caller), cancellation);
        await store.Write(rows => Put(rows, stack, set, isNew: existing is null), cancellation);
        return [Element("Id", set.Id), Element("StackId", stack.Id)];
    }

    public async Task<object?[]> Delete(StackForm form, CancellationToken cancellation)
    {
        await store.Write(
            rows =>
            {
                var set = rows.ChangeSet(form["ChangeSetName"], form["StackName"]);
                if (set.Execution == "EXECUTE_IN_PROGRESS")
                {
                    throw new ApiException(400, "InvalidChangeSetStatus", $"ChangeSet [{set.Id}] cannot be deleted while it is executed");
                }

                rows.Delete(set);
                return set;
            },
            cancellation);
        return [];
    }

    private ChangeSetRecord Put(StackRows rows, StackRecord stack, ChangeSetRecord set, bool isNew)
    {
        // Those that have been executed are past.
        if (rows.ChangeSets(stack.Id).Any(other => other.Name == set.Name && (other.Execution is "AVAILABLE" or "EXECUTE_IN_PROGRESS")))
        {
            throw new ApiException(400, "AlreadyExistsException", $"ChangeSet {set.Name} already exists for stack {stack.Name}");
        }

        if (isNew)
        {
            _ = rows.Find(stack.Name) is null ? true : throw StackFault.Invalid($"Stack [{stack.Name}] already exists");
            rows.Put(stack, StackEvent.Of(stack, clock.GetUtcNow(), "User Initiated"));
        }

        // It was planned on the stack as it was then.
        if (!isNew && rows.Get(stack.Id) is var now && (now.Status, now.Updated) != (stack.Status, stack.Updated))
        {
            throw StackFault.Busy(now.Id, now.Status, "updated");
        }

        rows.Put(set);
        return set;
    }

    private async Task<ChangeSetRecord> Set(StackForm form, string name, StackRecord stack, EngineCalls calls, CancellationToken cancellation)
    {
        var text = form.Flag("UsePreviousTemplate") ? stack.Template : Body(form);
        var template = Template.Read(text);
        var given = form.List("Capabilities");
        if (Needs(template).Except(given).ToArray() is { Length: > 0 } missing)
        {
            throw new ApiException(400, "InsufficientCapabilitiesException", $"Requires capabilities : [{string.Join(", ", missing)}]");
        }

        var values = ParameterValues.Of(template, form.Parameters(), stack.Parameters);
        var there = form.Flag("ImportExistingResources") ? await Existing(template, values, stack, calls, cancellation) : [];
        var changes = StackPlan.Of(stack, template, values, placeOf(stack), new(calls), (resource, _) => there.Contains(resource.Name));
        var nothing = changes.Count == 0 && stack.Status != "REVIEW_IN_PROGRESS";
        return new()
        {
            Id = $"arn:aws:cloudformation:{region}:{account}:changeSet/{name}/{Guid.NewGuid()}",
            Name = name,
            StackId = stack.Id,
            Created = clock.GetUtcNow(),
            Status = nothing ? "FAILED" : "CREATE_COMPLETE",
            Reason = nothing ? "The submitted information didn't contain changes. Submit different information to create a change set." : null,
            Execution = nothing ? "UNAVAILABLE" : "AVAILABLE",
            Description = form["Description"] ?? "",
            Template = text,
            Parameters = values,
            Tags = form.Tags(),
            Capabilities = given,
            Changes = changes,
        };
    }

    // Only what is kept when its stack goes, and has a name of its own, may be taken in.
    private async Task<HashSet<string>> Existing(
        Template template, IReadOnlyDictionary<string, string> values, StackRecord stack, EngineCalls calls, CancellationToken cancellation)
    {
        var evaluation = new Evaluation(template, values, placeOf(stack), Evaluation.Symbol) { IsSymbolic = true };
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in evaluation.Resources.Where(resource => resource is { IsRetained: true, Type: "AWS::S3::Bucket" }))
        {
            if (evaluation.Properties(resource)["BucketName"]?.ToString() is { } bucket && await calls.HasBucket(bucket, cancellation))
            {
                there.Add(resource.Name);
            }
        }

        return there;
    }

    private StackRecord New(string name) => new()
    {
        Id = $"arn:aws:cloudformation:{region}:{account}:stack/{name}/{Guid.NewGuid()}",
        Name = name,
        Status = "REVIEW_IN_PROGRESS",
        Created = clock.GetUtcNow(),
    };

    private static string Name(StackForm form, string member) => form[member] is { } name && NameText().IsMatch(name)
        ? name
        : throw StackFault.Invalid(
            $"1 validation error detected: Value '{form[member]}' at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: "
            + "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");

    [GeneratedRegex("^[a-zA-Z][-a-zA-Z0-9]{0,127}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameText();
}
