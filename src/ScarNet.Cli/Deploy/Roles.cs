using Amazon.Runtime;
using ScarNet.Aws.Iam.Model;
using ScarNet.Core;
using ScarNet.Core.Iam;

namespace ScarNet.Cli.Deploy;

/// <summary>Roles with their policy: compared as policies, not as text.</summary>
/// <param name="target">Where.</param>
/// <param name="boundary">The most that they may do.</param>
/// <param name="listed">All that are there, by name, where they have been read at once; null asks for each.</param>
internal sealed class Roles(Target target, RoleBoundary boundary = default, IReadOnlyDictionary<string, FoundRole>? listed = null)
{
    /// <summary>IAM says yes before all of it knows.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);

    /// <summary>Names of the roles that a function may have.</summary>
    public static IReadOnlyList<string> NamesOf(string function, string region) =>
        [RoleNames.Execution(function, region), RoleNames.Job(function, region)];

    public async Task<FoundRole?> Find(string name, CancellationToken cancellation)
    {
        var policy = Unless("NoSuchEntity", () => target.Clients.Iam.GetRolePolicyAsync(
            new GetRolePolicyRequest { RoleName = name, PolicyName = RoleDefinition.PolicyName }, cancellation));
        var role = await Unless("NoSuchEntity", () => target.Clients.Iam.GetRoleAsync(new GetRoleRequest { RoleName = name }, cancellation));
        var found = await policy;
        return role?.Role is { } seen
            ? new(
                name,
                seen.Arn ?? "",
                seen.AssumeRolePolicyDocument ?? "",
                found?.PolicyDocument,
                seen.Tags,
                seen.PermissionsBoundary?.PermissionsBoundaryArn)
            : null;
    }

    /// <exception cref="ScarException">A role of this name exists that ScarNet did not make.</exception>
    public async Task<Step> Plan(RoleDefinition wanted, FunctionPlan function, CancellationToken cancellation)
    {
        var current = listed is null ? await Find(wanted.Name, cancellation) : listed.GetValueOrDefault(wanted.Name);
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "role",
            Name = wanted.Name,
            Function = function.Name,
            Reason = "allows what it should",
        };
        if (current is null)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = "allows what the function needs, and no more ('scarnet iam' shows it)",
                Action = (run, ct) => Create(wanted, function, run, ct),
            };
        }

        if (!current.IsOf(function.Name) || current.Arn != wanted.Arn(target.Place))
        {
            throw new ScarException(
                $"role '{wanted.Name}' exists and was not made by scarnet for function '{function.Name}'",
                "name the function differently, or give it a role of your own with 'role'");
        }

        return Update(wanted, function, current, step);
    }

    /// <summary>With all its policies, whoever added them.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        foreach (var policy in await Inline(name, cancellation))
        {
            await Unless("NoSuchEntity", () => target.Clients.Iam.DeleteRolePolicyAsync(
                new DeleteRolePolicyRequest { RoleName = name, PolicyName = policy }, cancellation));
        }

        foreach (var policy in await Attached(name, cancellation))
        {
            await Unless("NoSuchEntity", () => target.Clients.Iam.DetachRolePolicyAsync(
                new DetachRolePolicyRequest { RoleName = name, PolicyArn = policy }, cancellation));
        }

        await Poll.Again(
            ct => Unless("NoSuchEntity", () => target.Clients.Iam.DeleteRoleAsync(new DeleteRoleRequest { RoleName = name }, ct)),
            e => e is AmazonServiceException { ErrorCode: "DeleteConflict" or "ConcurrentModification" },
            longest,
            cancellation);
    }

    private async Task<IReadOnlyList<string>> Inline(string role, CancellationToken cancellation)
    {
        var names = new List<string>();
        var request = new ListRolePoliciesRequest { RoleName = role };
        do
        {
            var page = await Unless("NoSuchEntity", () => target.Clients.Iam.ListRolePoliciesAsync(request, cancellation));
            names.AddRange(page?.PolicyNames ?? []);
            request.Marker = page?.Marker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return names;
    }

    private async Task<IReadOnlyList<string>> Attached(string role, CancellationToken cancellation)
    {
        var arns = new List<string>();
        var request = new ListAttachedRolePoliciesRequest { RoleName = role };
        do
        {
            var page = await Unless("NoSuchEntity", () => target.Clients.Iam.ListAttachedRolePoliciesAsync(request, cancellation));
            arns.AddRange(page?.PolicyArns ?? []);
            request.Marker = page?.Marker;
        }
        while (!string.IsNullOrEmpty(request.Marker));
        return arns;
    }

    private Step Update(RoleDefinition wanted, FunctionPlan function, FoundRole current, Step step)
    {
        var (trusts, allows) = (current.Trusts(wanted), current.Allows(wanted));
        var tags = Tags.Missing(current.Tags, function.ResourceTags);
        var limit = boundary.For(current.Boundary, target.Place);
        var limits = limit == current.Boundary;
        if (trusts && allows && limits && tags.Count == 0)
        {
            return step;
        }

        var changes = tags.Select(tag => new StepChange($"tag {tag.Key}", current.Tags.GetValueOrDefault(tag.Key), tag.Value)).ToList();
        if (!limits)
        {
            changes.Insert(0, new("permissions boundary", current.Boundary, limit));
        }

        if (!allows)
        {
            changes.InsertRange(0, PolicyChanges.Between("policy", current.Policy, wanted.Policy.ToJson()));
        }

        if (!trusts)
        {
            changes.InsertRange(0, PolicyChanges.Between("trust policy", current.Trust, wanted.Trust.ToJson()));
        }

        return step with
        {
            Kind = StepKind.Update,
            Reason = !allows ? "what the function needs has changed"
                : !trusts ? "somebody else may take it"
                : !limits ? "the most that it may do is another"
                : "its tags have changed",
            Changes = changes,
            Action = async (_, ct) =>
            {
                if (!limits)
                {
                    await Bound(wanted.Name, limit, ct); // first: more is never allowed than it may do
                }

                await Mend(wanted, trusts, allows, tags, ct);
            },
        };
    }

    private Task Bound(string role, string? limit, CancellationToken cancellation) => limit is null
        ? Unless("NoSuchEntity", () => target.Clients.Iam.DeleteRolePermissionsBoundaryAsync(
            new DeleteRolePermissionsBoundaryRequest { RoleName = role }, cancellation))
        : target.Clients.Iam.PutRolePermissionsBoundaryAsync(
            new PutRolePermissionsBoundaryRequest { RoleName = role, PermissionsBoundary = limit }, cancellation);

    private async Task Mend(RoleDefinition wanted, bool trusts, bool allows, Dictionary<string, string> tags, CancellationToken cancellation)
    {
        if (!trusts)
        {
            await target.Clients.Iam.UpdateAssumeRolePolicyAsync(
                new UpdateAssumeRolePolicyRequest { RoleName = wanted.Name, PolicyDocument = wanted.Trust.ToJson() }, cancellation);
        }

        if (!allows)
        {
            await PutPolicy(wanted, cancellation);
        }

        if (tags.Count > 0)
        {
            await target.Clients.Iam.TagRoleAsync(new TagRoleRequest { RoleName = wanted.Name, Tags = tags }, cancellation);
        }
    }

    private async Task Create(RoleDefinition wanted, FunctionPlan function, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateRoleRequest
        {
            RoleName = wanted.Name,
            Path = RoleDefinition.Path,
            AssumeRolePolicyDocument = wanted.Trust.ToJson(),
            Description = $"ScarNet function {function.Name}",
            Tags = run.Tagged(function.ResourceTags),
            PermissionsBoundary = boundary.For(null, target.Place),
        };
        await run.CreateOrAdopt(() => Create(request, function.Name, run, cancellation), undo => Delete(wanted.Name, undo));
        await PutPolicy(wanted, cancellation);
    }

    /// <returns>Whether this run has made it: a call that was repeated because its answer was lost finds what it has made itself.</returns>
    private async Task<bool> Create(CreateRoleRequest request, string function, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Iam.CreateRoleAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "EntityAlreadyExists")
        {
            if (await Find(request.RoleName!, cancellation) is not { } existing || !existing.IsOf(function))
            {
                throw;
            }

            return run.HasMade(existing.Tags);
        }
    }

    // A role just made is not found everywhere at once.
    private Task<PutRolePolicyResponse> PutPolicy(RoleDefinition wanted, CancellationToken cancellation) => Poll.Again(
        ct => target.Clients.Iam.PutRolePolicyAsync(
            new PutRolePolicyRequest { RoleName = wanted.Name, PolicyName = RoleDefinition.PolicyName, PolicyDocument = wanted.Policy.ToJson() }, ct),
        e => e is AmazonServiceException { ErrorCode: "NoSuchEntity" },
        longest,
        cancellation);

    private static async Task<T?> Unless<T>(string code, Func<Task<T>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException e) when (e.ErrorCode == code)
        {
            return null;
        }
    }
}
