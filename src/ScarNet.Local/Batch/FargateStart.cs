using ScarNet.Core;
using ScarNet.Core.Iam;
using ScarNet.Local.Access;

namespace ScarNet.Local.Batch;

/// <summary>What ECS does on Fargate as the execution role of a job before it starts it: it pulls the images and opens the log.</summary>
internal sealed class FargateStart(RoleAccess roles)
{
    /// <summary>Asks the role for both, in ECS's words. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html</summary>
    /// <param name="plan">The job; one that does not run on Fargate passes.</param>
    /// <param name="group">Of its log.</param>
    /// <param name="stream">Of its log.</param>
    /// <param name="session">Name of the role's session.</param>
    /// <exception cref="ScarException">The role may not.</exception>
    public void Check(JobPlan plan, string group, string stream, string session)
    {
        if (plan.FargateRole is not { } role)
        {
            return;
        }

        foreach (var image in plan.Containers.Select(container => container.Plan.Image).Append(plan.Image).Distinct())
        {
            if (EcrImage.Repository(image, roles.Place.Partition) is { } repository)
            {
                Require(role, session, "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve ecr registry auth", new AccessRequest("ecr:GetAuthorizationToken", "*"));
                Require(role, session, $"CannotPullContainerError: failed to resolve ref {image}", EcrActions.Pull(repository));
            }
        }

        Require(role, session, "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream", LogsActions.Write(roles.Place, group, stream));
    }

    private void Require(string role, string session, string failure, params IEnumerable<AccessRequest> requests)
    {
        if (roles.Refusal(role, BatchActions.Tasks, session, requests) is { } why)
        {
            throw new ScarException($"{failure}: AccessDeniedException: {why}");
        }
    }
}
