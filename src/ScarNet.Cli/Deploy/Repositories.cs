using Amazon.Runtime;
using ScarNet.Aws.Ecr.Model;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Repositories of Amazon ECR: one for each function whose image runs in Lambda.</summary>
internal sealed class Repositories(Target target)
{
    /// <summary>Null when there is none of this name.</summary>
    public async Task<(Repository Repository, Dictionary<string, string> Tags)?> Find(string name, CancellationToken cancellation)
    {
        try
        {
            var found = await target.Clients.Ecr.DescribeRepositoriesAsync(new() { RepositoryNames = [name] }, cancellation);
            if (found.Repositories is not [{ } repository])
            {
                return null;
            }

            var tags = await target.Clients.Ecr.ListTagsForResourceAsync(new() { ResourceArn = repository.RepositoryArn }, cancellation);
            return (repository, (tags.Tags ?? []).ToDictionary(tag => tag.Key ?? "", tag => tag.Value ?? ""));
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "RepositoryNotFoundException")
        {
            return null;
        }
    }

    /// <exception cref="ScarException">A repository of this name exists that ScarNet did not make.</exception>
    public async Task<Step> Plan(DerivedImage image, FunctionPlan function, CancellationToken cancellation)
    {
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "repository",
            Name = image.Repository,
            Function = function.Name,
            Reason = "exists",
        };
        if (await Find(image.Repository, cancellation) is not { } found)
        {
            return step with
            {
                Kind = StepKind.Create,
                Reason = "holds the image that Lambda runs",
                Action = (run, ct) => Create(image.Repository, function, run, ct),
            };
        }

        Tags.Check(step.Resource, image.Repository, found.Tags, function.Name);
        var missing = Tags.Missing(found.Tags, function.ResourceTags);
        return missing.Count == 0 ? step : step with
        {
            Kind = StepKind.Update,
            Reason = "its tags have changed",
            Changes = [.. Tags.Changes(found.Tags, missing)],
            Action = (_, ct) => target.Clients.Ecr.TagResourceAsync(new() { ResourceArn = found.Repository.RepositoryArn, Tags = Listed(missing) }, ct),
        };
    }

    /// <summary>With every image in it.</summary>
    public async Task Delete(string name, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Ecr.DeleteRepositoryAsync(new() { RepositoryName = name, Force = true }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "RepositoryNotFoundException")
        {
            // That is what was wanted.
        }
    }

    private async Task Create(string name, FunctionPlan function, StepRun run, CancellationToken cancellation)
    {
        var request = new CreateRepositoryRequest
        {
            RepositoryName = name,
            Tags = Listed(run.Tagged(function.ResourceTags)),
        };
        await run.CreateOrAdopt(() => Create(request, function.Name, run, cancellation), undo => Delete(name, undo));
    }

    /// <returns>Whether this run has made it: a call that was repeated because its answer was lost finds what it has made itself.</returns>
    private async Task<bool> Create(CreateRepositoryRequest request, string function, StepRun run, CancellationToken cancellation)
    {
        try
        {
            await target.Clients.Ecr.CreateRepositoryAsync(request, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "RepositoryAlreadyExistsException")
        {
            if (await Find(request.RepositoryName!, cancellation) is not { } existing || !Tags.AreOf(existing.Tags, function))
            {
                throw;
            }

            return run.HasMade(existing.Tags);
        }
    }

    private static List<Tag> Listed(Dictionary<string, string> tags) => [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
}
