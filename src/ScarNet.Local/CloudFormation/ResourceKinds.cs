using ScarNet.Local.CloudFormation.Kinds;

namespace ScarNet.Local.CloudFormation;

/// <summary>What the engine makes of each type.</summary>
internal sealed class ResourceKinds(EngineCalls calls)
{
    private readonly Dictionary<string, ResourceKind> known = new(StringComparer.Ordinal)
    {
        ["AWS::S3::Bucket"] = new BucketKind(calls),
        ["AWS::IAM::ManagedPolicy"] = new ManagedPolicyKind(calls),
        ["AWS::IAM::Role"] = new RoleKind(calls),
        ["AWS::Batch::ComputeEnvironment"] = new BatchKind(calls, "computeenvironment", "computeEnvironment"),
        ["AWS::Batch::JobQueue"] = new BatchKind(calls, "jobqueue", "jobQueue"),
        ["AWS::Lambda::Function"] = new FunctionKind(calls),
        ["AWS::Lambda::Permission"] = new PermissionKind(calls),
        ["AWS::Logs::LogGroup"] = new LogGroupKind(calls),
        ["AWS::Events::Rule"] = new RuleKind(calls),
        ["AWS::SNS::Topic"] = new TopicKind(calls),
        ["AWS::SQS::Queue"] = new QueueKind(calls),
    };

    private readonly RecordKind record = new();

    /// <summary>Types that the engine has nothing for are records of their stack.</summary>
    public ResourceKind Of(string type) => known.GetValueOrDefault(type, record);
}
