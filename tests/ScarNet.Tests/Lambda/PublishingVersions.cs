using ScarNet.Local.Http;
using ScarNet.Local.Lambda;

namespace ScarNet.Tests.Lambda;

/// <summary>Versions of a function, as changes of its record.</summary>
public sealed class PublishingVersions
{
    private static readonly DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void KeepsWhatWasPublishedWhenTheFunctionChanges()
    {
        var published = FunctionVersions.Publish(Function(), "first", now);

        var changed = published with { MemoryMiB = 512, DeploymentId = "later" };

        var version = FunctionVersions.At(changed, "1")!;
        Assert.Equal(("1", "first", 128), (version.Version, version.Description, version.MemoryMiB));
        Assert.Equal(512, FunctionVersions.At(changed, null)!.MemoryMiB);
        Assert.NotEqual(version.DeploymentId, published.DeploymentId);
    }

    [Fact]
    public void MakesNoneWhenNothingHasChangedSince()
    {
        var published = FunctionVersions.Publish(Function(), "first", now);
        var touched = published with { RevisionId = "x", DeploymentId = "x", LastModified = now.AddHours(1), Tags = new Dictionary<string, string> { ["a"] = "b" }, ReservedConcurrency = 3 };

        var again = FunctionVersions.Publish(touched, "second", now.AddHours(1));

        Assert.Equal(["1"], again.Versions.Select(version => version.Version));
    }

    [Fact]
    public void MakesTheNextWhenSomethingHas()
    {
        var published = FunctionVersions.Publish(Function(), null, now);

        var second = FunctionVersions.Publish(published with { Environment = new Dictionary<string, string> { ["A"] = "1" } }, null, now);

        Assert.Equal(["1", "2"], second.Versions.Select(version => version.Version));
    }

    [Fact]
    public void NeverGivesANumberTwice()
    {
        var published = FunctionVersions.Publish(Function(), null, now);

        var anew = FunctionVersions.Publish(FunctionVersions.Without(published, "1"), null, now);

        Assert.Equal(["2"], anew.Versions.Select(version => version.Version));
    }

    [Fact]
    public void TakesNothingAwayThatAnAliasStandsFor()
    {
        var function = FunctionVersions.WithAlias(FunctionVersions.Publish(Function(), null, now), "live", new("1", "", "r"));

        var refused = Assert.Throws<ApiException>(() => FunctionVersions.Without(function, "1"));

        Assert.Equal("ResourceConflictException", refused.Code);
        Assert.Equal("Unable to delete version because the following aliases reference it: [live]", refused.Message);
    }

    [Fact]
    public void GivesEachQualifierAPolicyAndRetriesOfItsOwn()
    {
        var function = FunctionVersions.WithAlias(FunctionVersions.Publish(Function(), null, now), "live", new("1", "", "r"));
        var statement = new PolicyStatement("s", "s3.amazonaws.com", "lambda:InvokeFunction", null, null, null);

        function = FunctionVersions.Change(function, "live", own => own with { Policy = [statement], EventInvoke = new(0, null, null, null, now) });

        Assert.Equal([statement], FunctionVersions.At(function, "live")!.Policy);
        Assert.Equal(0, FunctionVersions.At(function, "live")!.EventInvoke!.MaximumRetryAttempts);
        Assert.All((string?[])[null, "1", "$LATEST"], other => Assert.Empty(FunctionVersions.At(function, other)!.Policy));
        Assert.All((string?[])[null, "1", "$LATEST"], other => Assert.Null(FunctionVersions.At(function, other)!.EventInvoke));
        Assert.Empty(FunctionVersions.At(FunctionVersions.WithAlias(FunctionVersions.WithoutAlias(function, "live"), "live", new("1", "", "r")), "live")!.Policy);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("other")]
    [InlineData("")]
    public void KnowsNoQualifierThatIsNotThere(string qualifier) =>
        Assert.Null(FunctionVersions.At(FunctionVersions.Publish(Function(), null, now), qualifier));

    private static FunctionRecord Function() => new()
    {
        Name = "f",
        Arn = "arn:aws:lambda:us-east-1:000000000000:function:f",
        Role = "r",
        CodeSha256 = "00",
        LastModified = now,
        RevisionId = "1",
        DeploymentId = "1",
    };
}
