using System.Security.Cryptography;
using System.Text;

namespace ScarNet.Core.Iam;

/// <summary>Names of roles. Roles are the account's, functions are a region's: the region is in the name.</summary>
public static class RoleNames
{
    // Source: docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    private const int MaxCharacters = 64;
    private const int DigestDigits = 8;

    /// <summary>What Lambda runs the function as.</summary>
    public static string Execution(string function, string region) => Of(function, region, "lambda");

    /// <summary>What Batch runs its jobs as.</summary>
    public static string Job(string function, string region) => Of(function, region, "job");

    private static string Of(string function, string region, string use)
    {
        var name = $"{function}.{region}.{use}";
        if (name.Length <= MaxCharacters)
        {
            return name;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestDigits];
        var rest = $"-{digest}.{region}.{use}";
        return function[..(MaxCharacters - rest.Length)] + rest;
    }
}
