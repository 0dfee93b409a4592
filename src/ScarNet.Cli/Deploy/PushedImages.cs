using Amazon.Runtime;
using ScarNet.Containers;
using ScarNet.Core;

namespace ScarNet.Cli.Deploy;

/// <summary>Images with the supervisor: made by this machine's Docker and pushed to the account's registry, once for each content.</summary>
internal sealed class PushedImages(Target target)
{
    private const string StartDocker = "start Docker, or point DOCKER_HOST at it; 'execution_mode: batch' needs none";

    /// <exception cref="ScarException">The image has to be made, and no Docker answers.</exception>
    public async Task<Step> Plan(DerivedImage image, FunctionPlan function, Step repository, CancellationToken cancellation)
    {
        var step = new Step
        {
            Kind = StepKind.Keep,
            Resource = "image",
            Name = image.Uri,
            Function = function.Name,
            Reason = "is in the registry",
            After = [repository],
        };
        if (repository.Kind != StepKind.Create && await IsThere(image, cancellation))
        {
            return step;
        }

        using var docker = Docker.FromEnvironment();
        if (await docker.Probe(cancellation) is { } problem)
        {
            throw new ScarException(
                $"function '{function.Name}' runs in image '{image.From}', to which the supervisor has to be added, and {Lower(problem.Message)}", StartDocker);
        }

        return step with
        {
            Kind = StepKind.Create,
            Reason = $"is '{image.From}' with the supervisor",
            Action = (_, ct) => Make(image, function.Supervisor.Path, ct),
        };
    }

    private async Task Make(DerivedImage image, string supervisor, CancellationToken cancellation)
    {
        using var docker = Docker.FromEnvironment();
        try
        {
            var found = await new Repositories(target).Find(image.Repository, cancellation);
            var repository = found?.Repository.RepositoryUri ?? throw new ScarException($"repository '{image.Repository}' is gone again", "run the command again");
            await docker.DeriveImage(image.From, supervisor, DerivedImage.Entry, $"{repository}:{image.Tag}", cancellation);
            var login = await target.Clients.Ecr.GetAuthorizationTokenAsync(new(), cancellation);
            // It goes with a repository that this run has made. In another it stays: somebody else may have found it there by then.
            await docker.PushImage(repository, image.Tag, login.AuthorizationData is [{ AuthorizationToken: { } token }, ..] ? token : "", cancellation);
        }
        catch (ContainerException e)
        {
            throw new ScarException(e.Message, e);
        }
    }

    private async Task<bool> IsThere(DerivedImage image, CancellationToken cancellation)
    {
        try
        {
            var found = await target.Clients.Ecr.DescribeImagesAsync(
                new() { RepositoryName = image.Repository, ImageIds = [new() { ImageTag = image.Tag }] }, cancellation);
            return found.ImageDetails is { Count: > 0 };
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ImageNotFoundException")
        {
            return false;
        }
    }

    private static string Lower(string message) => char.ToLowerInvariant(message[0]) + message[1..];
}
