using System.Net.Sockets;
using Amazon.Runtime;
using ScarNet.Core;

namespace ScarNet.Aws;

/// <summary>What AWS's and the network's errors mean to somebody who only wanted a file processed.</summary>
public static class AwsErrors
{
    /// <summary>The error in words, with what would be right; null when it is none of AWS's or the network's.</summary>
    public static ScarException? Explain(Exception error) => error switch
    {
        AmazonServiceException { ErrorCode.Length: > 0 } e => OfService(e),
        AmazonClientException e when e.Message.StartsWith("Failed to resolve AWS credentials", StringComparison.Ordinal)
            || e.Message.Contains("Signature V4a", StringComparison.Ordinal) => new( // what STS's client tries last when there is nothing to sign with
            "no AWS credentials are configured",
            "'aws configure' or 'aws sso login' sets them up, --profile names others; --local needs none"),
        AmazonClientException { InnerException: { } inner } when Explain(inner) is { } explained => explained,
        HttpRequestException { InnerException: SocketException socket } e => new(
            $"nothing answers at {Place(e)}: {socket.Message.ToLowerInvariant()}",
            "is the endpoint right (AWS_ENDPOINT_URL, --region), and is the network up?"),
        HttpRequestException e => new($"the connection failed: {OneLine(e.Message)}", "is the endpoint right (AWS_ENDPOINT_URL)?"),
        AmazonClientException e => new(OneLine(e.Message), hint: null),
        _ => null,
    };

    private static ScarException OfService(AmazonServiceException e) => e.ErrorCode switch
    {
        "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" or "AuthorizationErrorException" => new(
            $"{Service(e)} denies access: {OneLine(e.Message)}", "give these credentials the permission it names, or use others (--profile)"),
        "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" => new(
            $"{Service(e)} does not know these credentials", "they belong to another account or engine; 'scarnet local env' prints the engine's"),
        "SignatureDoesNotMatch" or "InvalidSignatureException" or "InvalidSignature" => new(
            $"{Service(e)} refuses the signature", "does the secret key belong to the access key?"),
        "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" => new(
            "the AWS credentials have expired", "'aws sso login' gets new ones"),
        "RequestTimeTooSkewed" => new($"this machine's clock differs from {Service(e)}'s", "set the clock"),
        _ => new($"{Service(e)} says: {OneLine(e.Message)} ({e.ErrorCode})", hint: null),
    };

    /// <summary>AmazonS3Exception → S3.</summary>
    private static string Service(AmazonServiceException e) => e.GetType().Name
        .Replace("Exception", "", StringComparison.Ordinal)
        .Replace("Amazon", "", StringComparison.Ordinal) is { Length: > 0 } name ? name : "AWS";

    /// <summary>The SDK's HTTP client ends its message with <c>(host:port)</c>.</summary>
    private static string Place(HttpRequestException e)
    {
        var open = e.Message.LastIndexOf('(');
        return open >= 0 && e.Message.EndsWith(')') ? $"'{e.Message[(open + 1)..^1]}'" : "the endpoint";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
