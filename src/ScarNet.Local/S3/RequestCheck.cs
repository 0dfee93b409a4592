using Microsoft.AspNetCore.Http;
using ScarNet.Local.Http;
using ScarNet.Local.S3.Objects;

namespace ScarNet.Local.S3;

/// <summary>Headers that ask for what the engine does not do: better refused than ignored.</summary>
internal static class RequestCheck
{
    private static readonly string[] PrivateAcls = ["private", "bucket-owner-full-control", "bucket-owner-read"];

    /// <exception cref="ApiException">NotImplemented, AccessControlListNotSupported or AccessDenied.</exception>
    public static void Headers(IHeaderDictionary headers, string account)
    {
        foreach (var (name, value) in headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            {
                Header(name.ToLowerInvariant(), value.ToString(), account);
            }
        }
    }

    public static ApiException AclRefused() => new(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");

    private static void Header(string name, string value, string account)
    {
        switch (name)
        {
            case "x-amz-expected-bucket-owner" or "x-amz-source-expected-bucket-owner" when value != account:
                throw new ApiException(403, "AccessDenied", "Access Denied: the bucket's owner is not the expected one.");
            case "x-amz-acl" when !PrivateAcls.Contains(value):
                throw AclRefused();
            case "x-amz-mfa":
                throw S3Errors.NotImplemented("MFA delete");
            case "x-amz-write-offset-bytes":
                throw S3Errors.NotImplemented("appending to objects");
            default:
                Prefixed(name);
                break;
        }
    }

    private static void Prefixed(string name)
    {
        if (name.StartsWith("x-amz-grant-", StringComparison.Ordinal))
        {
            throw AclRefused();
        }

        if ((name.StartsWith("x-amz-server-side-encryption", StringComparison.Ordinal) && !StoredHeaders.Encryption.Contains(name))
            || name.StartsWith("x-amz-copy-source-server-side-encryption", StringComparison.Ordinal))
        {
            throw S3Errors.NotImplemented($"encryption: leave {name} out");
        }

        if (name.StartsWith("x-amz-object-lock", StringComparison.Ordinal) || name == "x-amz-bucket-object-lock-enabled")
        {
            throw S3Errors.NotImplemented("Object Lock");
        }
    }
}
