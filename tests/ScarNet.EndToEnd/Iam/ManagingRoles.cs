using System.Text.Json.Nodes;
using ScarNet.EndToEnd.Support;

namespace ScarNet.EndToEnd.Iam;

/// <summary>The engine's IAM, through the client that AWS's users have.</summary>
public sealed class ManagingRoles(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}""";

    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a b/+%*"}]}""";

    [Fact]
    public async Task KeepsWhatItWasGivenAcrossARestart()
    {
        await engine.Aws("iam", "create-role", "--role-name", "kept", "--path", "/x/", "--assume-role-policy-document", Trust, "--tags", "Key=team,Value=a b");
        await engine.Aws("iam", "put-role-policy", "--role-name", "kept", "--policy-name", "p", "--policy-document", Policy);

        await engine.Restart();

        var role = JsonNode.Parse(await engine.Aws("iam", "get-role", "--role-name", "kept"))!["Role"]!;
        Assert.Equal("arn:aws:iam::000000000000:role/x/kept", (string?)role["Arn"]);
        Assert.Equal("a b", (string?)role["Tags"]![0]!["Value"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Trust), role["AssumeRolePolicyDocument"]));
        var policy = JsonNode.Parse(await engine.Aws("iam", "get-role-policy", "--role-name", "kept", "--policy-name", "p"))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Policy), policy["PolicyDocument"]));
        Assert.Equal("p", (string?)JsonNode.Parse(await engine.Aws("iam", "list-role-policies", "--role-name", "kept"))!["PolicyNames"]![0]);
    }

    [Fact]
    public async Task ListsByPathPageByPage()
    {
        for (var i = 0; i < 5; i++)
        {
            await engine.Aws("iam", "create-role", "--role-name", $"page{i}", "--path", "/pages/", "--assume-role-policy-document", Trust);
        }

        var listed = await engine.Aws("iam", "list-roles", "--path-prefix", "/pages/", "--page-size", "2", "--query", "Roles[].RoleName", "--output", "text");

        Assert.Equal("page0\tpage1\tpage2\tpage3\tpage4", listed.Trim().Replace('\n', '\t'));
    }

    [Fact]
    public async Task ChangesTrustTagsAndPolicies()
    {
        await engine.Aws("iam", "create-role", "--role-name", "changed", "--assume-role-policy-document", Trust);
        await engine.Aws("iam", "update-assume-role-policy", "--role-name", "changed", "--policy-document", Trust.Replace("lambda", "ecs-tasks", StringComparison.Ordinal));
        await engine.Aws("iam", "tag-role", "--role-name", "changed", "--tags", "Key=a,Value=1", "Key=b,Value=2");
        await engine.Aws("iam", "untag-role", "--role-name", "changed", "--tag-keys", "a");

        var role = await engine.Aws("iam", "get-role", "--role-name", "changed");
        var tags = await engine.Aws("iam", "list-role-tags", "--role-name", "changed", "--query", "Tags[].Key", "--output", "text");

        Assert.Contains("ecs-tasks.amazonaws.com", role, StringComparison.Ordinal);
        Assert.Equal("b", tags.Trim());
    }

    [Theory]
    [InlineData("NoSuchEntity", "iam", "get-role", "--role-name", "nobody")]
    [InlineData("NoSuchEntity", "iam", "delete-role", "--role-name", "nobody")]
    [InlineData("NoSuchEntity", "iam", "get-role-policy", "--role-name", "taken", "--policy-name", "none")]
    [InlineData("NoSuchEntity", "iam", "attach-role-policy", "--role-name", "taken", "--policy-arn", "arn:aws:iam::aws:policy/ReadOnlyAccess")]
    [InlineData("EntityAlreadyExists", "iam", "create-role", "--role-name", "TAKEN", "--assume-role-policy-document", Trust)]
    [InlineData("DeleteConflict", "iam", "delete-role", "--role-name", "taken")]
    [InlineData("MalformedPolicyDocument", "iam", "create-role", "--role-name", "bad", "--assume-role-policy-document", "{")]
    [InlineData("MalformedPolicyDocument", "iam", "put-role-policy", "--role-name", "taken", "--policy-name", "q", "--policy-document", """{"Statement":[{"Effect":"Maybe","Action":"a:b","Resource":"*"}]}""")]
    [InlineData("MalformedPolicyDocument", "iam", "put-role-policy", "--role-name", "taken", "--policy-name", "q", "--policy-document", """{"Statement":[{"Effect":"Allow","Action":"a:b"}]}""")]
    [InlineData("InvalidAction", "iam", "list-users")]
    public async Task RefusesWithAwsOwnCodes(string code, params string[] command)
    {
        await engine.TryAws("iam", "create-role", "--role-name", "taken", "--assume-role-policy-document", Trust);
        await engine.Aws("iam", "put-role-policy", "--role-name", "taken", "--policy-name", "p", "--policy-document", Policy);

        var refused = await engine.TryAws(command);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains($"({code})", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeletesARoleOnceItsPoliciesAreGone()
    {
        await engine.Aws("iam", "create-role", "--role-name", "gone", "--assume-role-policy-document", Trust);
        await engine.Aws("iam", "put-role-policy", "--role-name", "gone", "--policy-name", "p", "--policy-document", Policy);
        await engine.Aws("iam", "delete-role-policy", "--role-name", "gone", "--policy-name", "p");

        await engine.Aws("iam", "delete-role", "--role-name", "gone");

        Assert.Contains("(NoSuchEntity)", (await engine.TryAws("iam", "get-role", "--role-name", "gone")).Error, StringComparison.Ordinal);
    }
}
