using System.Security.Cryptography;
using Amazon.Runtime;
using ScarNet.Aws.Lambda.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Lambda functions: their code compared by hash, their configuration field by field.</summary>
internal sealed class LambdaFunctions(Target target)
{
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(5);

    public async Task<GetFunctionResponse?> Find(string name, CancellationToken cancellation)
    {
        try
        {
            return await target.Clients.Lambda.GetFunctionAsync(new GetFunctionRequest { FunctionName = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    /// <exception cref="ScarException">A function of this name exists that ScarNet did not make.</exception>
    public Step Plan(WantedFunction wanted, GetFunctionResponse? current, PlannedDefinition? definition, IReadOnlyList<Step> after)
    {
        LambdaEnvironment.Check(wanted);
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "function",
            Name = wanted.Plan.Name,
            Function = wanted.Plan.Name,
            Reason = "is as it should be",
            After = definition is null ? after : [.. after, definition.Step],
        };
        if (current?.Configuration is not { } seen)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = wanted.IsImage ? $"runs in image '{wanted.Plan.Function.Image}'" : "does not exist yet",
                Action = (run, ct) => Create(wanted, definition, run, ct),
            };
        }

        if (current.Tags?.ContainsKey(Tags.Function) != true)
        {
            throw new ScarException(
                $"Lambda function '{wanted.Plan.Name}' exists and was not made by scarnet",
                $"choose another name, or tag it '{Tags.Function}' if scarnet may take it over");
        }

        if ((seen.PackageType ?? "Zip") != wanted.PackageType)
        {
            return step with
            {
                Kind = StepKind.Replace,
                Reason = "a zip cannot become an image, nor an image a zip",
                Changes = [new("PackageType", seen.PackageType, wanted.PackageType)],
                Action = async (run, ct) =>
                {
                    await Delete(wanted.Plan.Name, ct);
                    await Create(wanted, definition, run, ct);
                },
            };
        }

        return Update(wanted, current, definition, step);
    }

    public async Task Delete(string name, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.DeleteFunctionAsync(new DeleteFunctionRequest { FunctionName = name }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            // That is what was wanted.
        }
    }

    private Step Update(WantedFunction wanted, GetFunctionResponse current, PlannedDefinition? definition, Step step)
    {
        var seen = current.Configuration!;
        var code = CodeDifferences(wanted, current);
        var configuration = wanted.Differences(seen, definition?.Revision);
        var tags = Tags.Missing(current.Tags, wanted.ResourceTags);
        if (code.Count + configuration.Count + tags.Count == 0)
        {
            return step;
        }

        return step with
        {
            Kind = StepKind.Update,
            Reason = (code.Count, configuration.Count) switch
            {
                ( > 0, > 0) => "its code and its settings have changed",
                ( > 0, _) => "its code has changed",
                (_, > 0) => "its settings have changed",
                _ => "its tags have changed",
            },
            Changes = [.. code, .. configuration, .. tags.Select(t => new StepChange($"tag {t.Key}", current.Tags?.GetValueOrDefault(t.Key), t.Value))],
            Action = async (_, ct) =>
            {
                if (code.Count > 0)
                {
                    tags = tags.Concat(await UpdateCode(wanted, ct)).ToDictionary();
                }

                if (configuration.Count > 0)
                {
                    await UpdateConfiguration(wanted, seen, definition?.Revision, ct);
                }

                // Last: only what has arrived is written down as having arrived.
                if (tags.Count > 0)
                {
                    await target.Clients.Lambda.TagResourceAsync(new TagResourceRequest { Resource = seen.FunctionArn, Tags = tags }, ct);
                }
            },
        };
    }

    public static List<StepChange> CodeDifferences(WantedFunction wanted, GetFunctionResponse current)
    {
        if (wanted.IsImage)
        {
            return current.Code?.ImageUri == wanted.Plan.LambdaImage
                ? []
                : [new("ImageUri", current.Code?.ImageUri, wanted.Plan.LambdaImage)];
        }

        var hash = current.Tags?.GetValueOrDefault(Tags.Hash);
        if (hash != wanted.Hash)
        {
            return [new("code", hash, wanted.Hash)];
        }

        var uploaded = current.Tags?.GetValueOrDefault(Tags.Code);
        return uploaded == current.Configuration?.CodeSha256 ? [] : [new("CodeSha256 (changed by somebody else)", current.Configuration?.CodeSha256, uploaded)];
    }

    private async Task Create(WantedFunction wanted, PlannedDefinition? definition, StepRun run, CancellationToken cancellation)
    {
        var function = wanted.Plan.Function;
        var (code, codeTags) = Code(wanted);
        var request = new CreateFunctionRequest
        {
            FunctionName = function.Name,
            PackageType = wanted.PackageType,
            Code = code,
            Runtime = wanted.IsImage ? null : WantedFunction.Runtime,
            Handler = wanted.IsImage ? null : WantedFunction.Handler,
            Architectures = ["x86_64"],
            Role = wanted.Role,
            Description = function.Description,
            Timeout = wanted.Timeout,
            MemorySize = function.MemoryMiB,
            EphemeralStorage = new() { Size = function.EphemeralStorageMiB },
            Environment = new() { Variables = wanted.Environment(definition?.Revision) },
            Layers = function.Layers.Count > 0 ? [.. function.Layers] : null,
            VpcConfig = function.Vpc.IsNone ? null : wanted.Network,
            FileSystemConfigs = function.FileSystem is null ? null : wanted.FileSystems,
            DeadLetterConfig = function.DeadLetter is null ? null : new() { TargetArn = function.DeadLetter },
            Tags = run.Tagged(wanted.ResourceTags.Concat(codeTags).ToDictionary()),
        };
        if (!await run.CreateOrAdopt(() => FreshRole.Waits(ct => Create(request, run, ct), cancellation), undo => Delete(function.Name, undo)))
        {
            run.Adopt();
        }

        await Active(function.Name, cancellation);
    }

    /// <returns>Whether this run has made it: a call that was repeated because its answer was lost finds what it has made itself.</returns>
    private async Task<bool> Create(CreateFunctionRequest request, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Lambda.CreateFunctionAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceConflictException")
        {
            var existing = await Find(request.FunctionName!, cancellation);
            if (existing is null || Tags.Missing(existing.Tags, request.Tags!).Keys.Any(tag => tag != Tags.Run))
            {
                if (Tags.AreOf(existing?.Tags, request.FunctionName!))
                {
                    run.Adopt(); // another run with another file was faster: it stands on what this one has made
                }

                throw;
            }

            return run.HasMade(existing.Tags);
        }
    }

    private async Task<Dictionary<string, string>> UpdateCode(WantedFunction wanted, CancellationToken cancellation)
    {
        var (code, tags) = Code(wanted);
        await Active(wanted.Plan.Name, cancellation);
        await target.Clients.Lambda.UpdateFunctionCodeAsync(
            new UpdateFunctionCodeRequest { FunctionName = wanted.Plan.Name, ZipFile = code.ZipFile, ImageUri = code.ImageUri }, cancellation);
        await Active(wanted.Plan.Name, cancellation);
        return tags;
    }

    private async Task UpdateConfiguration(WantedFunction wanted, FunctionConfiguration seen, string? definition, CancellationToken cancellation)
    {
        var function = wanted.Plan.Function;
        var request = new UpdateFunctionConfigurationRequest
        {
            FunctionName = function.Name,
            Runtime = wanted.IsImage ? null : WantedFunction.Runtime,
            Handler = wanted.IsImage ? null : WantedFunction.Handler,
            Role = wanted.Role,
            Description = function.Description,
            Timeout = wanted.Timeout,
            MemorySize = function.MemoryMiB,
            EphemeralStorage = new() { Size = function.EphemeralStorageMiB },
            Environment = new() { Variables = wanted.Environment(definition) },
            Layers = wanted.IsImage ? null : [.. function.Layers],
            // Empty ones take away what is there.
            VpcConfig = function.Vpc.IsNone && seen.VpcConfig?.SubnetIds is not { Count: > 0 } ? null : wanted.Network,
            FileSystemConfigs = function.FileSystem is null && seen.FileSystemConfigs is not { Count: > 0 } ? null : wanted.FileSystems,
            DeadLetterConfig = function.DeadLetter is null && seen.DeadLetterConfig?.TargetArn is null ? null : new() { TargetArn = function.DeadLetter ?? "" },
        };
        await Active(function.Name, cancellation);
        await FreshRole.Waits(ct => target.Clients.Lambda.UpdateFunctionConfigurationAsync(request, ct), cancellation);
        await Active(function.Name, cancellation);
    }

    private static (FunctionCode Code, Dictionary<string, string> Tags) Code(WantedFunction wanted)
    {
        if (wanted.IsImage)
        {
            return (new() { ImageUri = wanted.Plan.LambdaImage }, []);
        }

        var zip = FunctionPackage.Build(wanted.Plan.Supervisor, wanted.Plan.LambdaSpec);
        var sha256 = Convert.ToBase64String(SHA256.HashData(zip));
        zip.Position = 0;
        return (new() { ZipFile = zip }, new() { [Tags.Hash] = wanted.Hash, [Tags.Code] = sha256 });
    }

    private Task Active(string name, CancellationToken cancellation) => Active(name, null, cancellation);

    /// <summary>Waits until a function, or a version of it, can be called and changed.</summary>
    public async Task Active(string name, string? version, CancellationToken cancellation) => await Poll.Until(
        ct => target.Clients.Lambda.GetFunctionConfigurationAsync(new GetFunctionConfigurationRequest { FunctionName = name, Qualifier = version }, ct),
        seen => seen switch
        {
            { State: "Failed" } => throw new ScarException(
                $"Lambda could not make function '{name}' ready: {seen.StateReason}", "mend what it names, then run the command again"),
            { LastUpdateStatus: "Failed" } => throw new ScarException(
                $"Lambda could not update function '{name}': {seen.LastUpdateStatusReason}", "mend what it names, then run the command again"),
            { State: null or "Active" or "Inactive", LastUpdateStatus: null or "Successful" } => true,
            _ => false,
        },
        longest,
        $"function '{name}'",
        cancellation);
}
