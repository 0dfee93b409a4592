using ScarNet.Local.Http;

namespace ScarNet.Local.Iam;

/// <summary>IAM's own errors. Source: docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and its neighbours.</summary>
internal static class IamFault
{
    public static ApiException NoRole(string name) => new(404, "NoSuchEntity", $"The role with name {name} cannot be found.");

    public static ApiException NoPolicy(string name) => new(404, "NoSuchEntity", $"The role policy with name {name} cannot be found.");

    public static ApiException NoManagedPolicy(string arn) =>
        new(404, "NoSuchEntity", $"Policy {arn} does not exist or is not attachable: the local engine has inline policies only.");

    public static ApiException Exists(string name) => new(409, "EntityAlreadyExists", $"Role with name {name} already exists.");

    public static ApiException HasPolicies() => new(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");

    public static ApiException Malformed(string what) => new(400, "MalformedPolicyDocument", what);

    public static ApiException Invalid(string what) => new(400, "ValidationError", what);

    public static ApiException TooLong(string role) =>
        new(409, "LimitExceeded", $"Maximum policy size of 10240 bytes exceeded for role {role}");
}
