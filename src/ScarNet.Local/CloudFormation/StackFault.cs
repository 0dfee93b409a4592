using ScarNet.Local.Http;

namespace ScarNet.Local.CloudFormation;

/// <summary>CloudFormation's own errors: nearly all of them are ValidationError. Source: docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html</summary>
internal static class StackFault
{
    public static ApiException Invalid(string what) => new(400, "ValidationError", what);

    public static ApiException Format(string what) => Invalid($"Template format error: {what}");

    public static ApiException NoStack(string name) => Invalid($"Stack with id {name} does not exist");

    public static ApiException NoChangeSet(string name) => new(404, "ChangeSetNotFound", $"ChangeSet [{name}] does not exist");

    public static ApiException NotExecutable(ChangeSetRecord set) => new(
        400, "InvalidChangeSetStatus", $"ChangeSet [{set.Id}] cannot be executed in its current status of [{set.Status}] and execution status of [{set.Execution}]");

    public static ApiException Busy(string stack, string status, string operation) =>
        Invalid($"Stack:{stack} is in {status} state and can not be {operation}.");
}
