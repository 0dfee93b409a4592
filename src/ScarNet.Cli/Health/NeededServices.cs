using ScarNet.Cli.Deployed;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Health;

/// <summary>Services that functions, machines and tasks call from the subnets they are in, as endpoints of a VPC are named.</summary>
internal static class NeededServices
{
    private const string Storage = "s3";

    /// <summary>Source: docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html</summary>
    private static readonly string[] images = ["ecr.api", "ecr.dkr", "logs"];

    /// <summary>Of ECS's agent, which Fargate has outside. Source: docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html</summary>
    private static readonly string[] agent = ["ecs", "ecs-agent", "ecs-telemetry"];

    public static IReadOnlyList<string> OfFunction(DeployedFunction function) =>
    [
        Storage,
        .. function.JobQueue is null ? [] : (string[])["batch"],
        .. function.Spec?.Mode == ExecutionMode.Batch ? [] : Secrets([function]), // where the script runs elsewhere, so do they
    ];

    /// <param name="fargate">Whether it has no machines.</param>
    /// <param name="functions">Those with jobs there.</param>
    public static IReadOnlyList<string> OfEnvironment(bool fargate, IEnumerable<DeployedFunction> functions) =>
        [Storage, .. fargate ? [] : agent, .. images, .. Secrets(functions)];

    private static IEnumerable<string> Secrets(IEnumerable<DeployedFunction> functions) => functions
        .SelectMany(function => function.Spec?.Secrets.Values ?? [])
        .Select(from => SecretReference.Parse(from)?.Store switch
        {
            SecretStore.SecretsManager => "secretsmanager",
            SecretStore.ParameterStore => "ssm",
            _ => null,
        })
        .OfType<string>().Distinct().Order(StringComparer.Ordinal);
}
