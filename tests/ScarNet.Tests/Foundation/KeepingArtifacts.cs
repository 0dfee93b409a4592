using System.Reflection;
using System.Text.Json.Nodes;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Foundation;

/// <summary>What the artifact bucket keeps, and for how long.</summary>
public sealed class KeepingArtifacts
{
    private static readonly FoundationStack stack = new();

    /// <summary>Where the code writes: the first part of every key it can make.</summary>
    public static TheoryData<string> Prefixes { get; } =
    [
        .. typeof(ArtifactKeys).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => !method.IsSpecialName && method.Name != nameof(ArtifactKeys.Bucket))
            .Select(method => (string)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!)
            .Select(key => key.Split('/')[0] + "/").Distinct(),
    ];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void IsSaidOfEveryPrefixThatTheCodeWrites(string prefix)
    {
        var named = Expiring.Select(rule => (string?)rule["Prefix"]).Concat(Permanent);

        Assert.Single(named, prefix);
    }

    [Fact]
    public void IsSaidOfNoOtherPrefix()
    {
        Assert.Equal(Prefixes.Select(row => row.Data).Order(), Expiring.Select(rule => (string?)rule["Prefix"]).Concat(Permanent).Order());
    }

    /// <summary>A claim may be held for 14 days, and an event may be waiting as long.</summary>
    [Theory]
    [InlineData("claims/")]
    [InlineData("events/")]
    [InlineData("arrays/")]
    public void IsLongerThanAJobMayTake(string prefix)
    {
        var days = Expiring.Single(rule => (string?)rule["Prefix"] == prefix)["ExpirationInDays"]!;

        Assert.True(int.Parse((string)days!) > Supervision.UnlimitedLease.TotalDays);
        Assert.All(
            stack.Template.Parameters.Values.Where(parameter => parameter.Name is "ClaimDays" or "EventDays"),
            parameter => Assert.True(parameter.MinValue > Supervision.UnlimitedLease.TotalDays));
    }

    [Fact]
    public void AbortsUploadsThatNobodyFinishes()
    {
        var rule = Assert.Single(Rules, rule => rule["AbortIncompleteMultipartUpload"] is not null);

        Assert.Null(rule["Prefix"]);
        Assert.Equal(7, (int)rule["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]!);
    }

    [Fact]
    public void IsInTheBucketThatInitTakes()
    {
        Assert.Equal(
            ArtifactKeys.Bucket(FoundationStack.Place.Account, FoundationStack.Place.Region),
            (string?)stack.Properties("ArtifactBucket")["BucketName"]);
    }

    private static IEnumerable<JsonNode> Rules => stack.Properties("ArtifactBucket")["LifecycleConfiguration"]![nameof(Rules)]!.AsArray().Select(rule => rule!);

    private static IEnumerable<JsonNode> Expiring => Rules.Where(rule => rule["ExpirationInDays"] is not null);

    private static IEnumerable<string?> Permanent =>
        stack.Template.Root["Resources"]!["ArtifactBucket"]!["Metadata"]!["scarnet:permanent"]!.AsArray().Select(prefix => (string?)prefix);

    private static object Sample(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch : "x";
}
