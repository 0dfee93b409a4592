using ScarNet.Local.Http;

namespace ScarNet.Local.Iam;

/// <summary>IAM's own errors. Source: docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and its neighbours.</summary>
internal static class IamFault
{
    public static ApiException NoRole(string name) => new(404, "NoSuchEntity", $"The role with name {name} cannot be found.");

    public static ApiException NoPolicy(string name) => new(404, "NoSuchEntity", $"The role policy with name {name} cannot be found.");

    public static ApiException NoManagedPolicy(string arn) =>
        new(404, "NoSuchEntity", $"Policy {arn} does not exist or is not attachable: of AWS's own the local engine knows but a few.");

    public static ApiException NotAttached(string arn) => new(404, "NoSuchEntity", $"Policy {arn} was not found.");

    public static ApiException NoBoundary(string role) => new(404, "NoSuchEntity", $"Role {role} has no permissions boundary.");

    public static ApiException NoVersion(string version) => new(404, "NoSuchEntity", $"Policy version {version} does not exist.");

    public static ApiException PolicyExists(string name) => new(409, "EntityAlreadyExists", $"A policy called {name} already exists. Duplicate names are not allowed.");

    public static ApiException InUse(string what) => new(409, "DeleteConflict", what);

    public static ApiException TooManyVersions() => new(
        409, "LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.");

    public static ApiException PolicyTooLong() => new(409, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144");

    public static ApiException Exists(string name) => new(409, "EntityAlreadyExists", $"Role with name {name} already exists.");

    public static ApiException HasPolicies() => new(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");

    public static ApiException Malformed(string what) => new(400, "MalformedPolicyDocument", what);

    public static ApiException Invalid(string what) => new(400, "ValidationError", what);

    public static ApiException TooLong(string role) =>
        new(409, "LimitExceeded", $"Maximum policy size of 10240 bytes exceeded for role {role}");
}
