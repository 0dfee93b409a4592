using ScarNet.Core.Iam;

namespace ScarNet.Tests.Iam;

/// <summary>AWS's documented semantics.</summary>
public sealed class DecidingByPolicies
{
    private const string Key = "arn:aws:s3:::b/in/x";

    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/in/*", AccessDecision.Allowed)]
    [InlineData("s3:getobject", "arn:aws:s3:::b/in/*", AccessDecision.Allowed)]
    [InlineData("s3:Get*", "arn:aws:s3:::b/*", AccessDecision.Allowed)]
    [InlineData("s3:Ge?Object", "arn:aws:s3:::b/in/?", AccessDecision.Allowed)]
    [InlineData("*", "*", AccessDecision.Allowed)]
    [InlineData("s3:GetObjectVersion", "*", AccessDecision.NotAllowed)]
    [InlineData("s3:GetObject", "arn:aws:s3:::b", AccessDecision.NotAllowed)]
    [InlineData("s3:GetObject", "arn:aws:s3:::B/in/*", AccessDecision.NotAllowed)]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/in2/*", AccessDecision.NotAllowed)]
    [InlineData("s3:GetObject", "arn:aws:s3:::b/in/${*}", AccessDecision.NotAllowed)]
    public void MatchesActionsWithoutAndResourcesWithCase(string action, string resource, AccessDecision expected)
    {
        var policy = new PolicyDocument([new() { Actions = [action], Resources = [resource] }]);

        Assert.Equal(expected, PolicyEvaluation.Decide([policy], new("s3:GetObject", Key)));
    }

    [Theory]
    [InlineData("a${*}b", "a*b", true)]
    [InlineData("a${*}b", "axb", false)]
    [InlineData("${$}{x}", "${x}", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    public void TakesEscapedWildcardsForThemselves(string pattern, string text, bool expected)
    {
        var policy = new PolicyDocument([new() { Actions = ["a:b"], Resources = [pattern] }]);

        Assert.Equal(expected, PolicyEvaluation.Decide([policy], new("a:b", text)) == AccessDecision.Allowed);
    }

    [Fact]
    public void LetsADenialWin()
    {
        var allow = PolicyReader.Read("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""");
        var deny = PolicyReader.Read("""{"Statement":[{"Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*"}]}""");

        Assert.Equal(AccessDecision.Denied, PolicyEvaluation.Decide([deny, allow], new("s3:GetObject", Key)));
        Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([deny, allow], new("s3:PutObject", Key)));
    }

    [Theory]
    [InlineData("s3:GetObject", AccessDecision.Allowed)]
    [InlineData("s3:PutObject", AccessDecision.BeyondBoundary)]
    [InlineData("s3:DeleteObject", AccessDecision.Denied)] // by the boundary
    [InlineData("s3:GetObjectTagging", AccessDecision.NotAllowed)] // the boundary grants nothing
    public void AllowsNoMoreThanTheBoundary(string action, AccessDecision expected)
    {
        var policy = PolicyReader.Read("""{"Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],"Resource":"*"}}""");
        var boundary = PolicyReader.Read(
            """{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Effect":"Deny","Action":"s3:Delete*","Resource":"*"}]}""");

        Assert.Equal(expected, PolicyEvaluation.Decide([policy], new(action, Key), boundary));
    }

    [Fact]
    public void TakesEverythingButWhatIsExcepted()
    {
        var policy = PolicyReader.Read("""{"Statement":{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::secret/*"}}""");

        Assert.Equal(AccessDecision.Allowed, PolicyEvaluation.Decide([policy], new("s3:GetObject", Key)));
        Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([policy], new("iam:GetRole", "*")));
        Assert.Equal(AccessDecision.NotAllowed, PolicyEvaluation.Decide([policy], new("s3:GetObject", "arn:aws:s3:::secret/x")));
    }

    [Theory]
    [InlineData("StringEquals", "in/", "in/", true)]
    [InlineData("StringEquals", "in/*", "in/a", false)]
    [InlineData("StringEquals", "in/", null, false)]
    [InlineData("StringEqualsIfExists", "in/", null, true)]
    [InlineData("StringEqualsIfExists", "in/", "out/", false)]
    [InlineData("StringNotEquals", "in/", "out/", true)]
    [InlineData("StringNotEquals", "in/", null, true)]
    [InlineData("StringNotEquals", "in/", "in/", false)]
    [InlineData("StringEqualsIgnoreCase", "IN/", "in/", true)]
    [InlineData("StringLike", "in/*", "in/a/b", true)]
    [InlineData("StringLike", "in/*", "in", false)]
    [InlineData("StringLike", "in/*", null, false)]
    [InlineData("StringLikeIfExists", "in/*", null, true)]
    [InlineData("StringLikeIfExists", "in/*", "", false)]
    [InlineData("StringNotLike", "in/*", "in/a", false)]
    [InlineData("ForAnyValue:StringEquals", "in/", null, false)]
    [InlineData("ForAllValues:StringEquals", "in/", null, true)]
    [InlineData("Null", "true", null, true)]
    [InlineData("Null", "true", "in/", false)]
    [InlineData("Null", "false", "in/", true)]
    [InlineData("Bool", "true", "True", true)]
    [InlineData("ArnLike", "arn:aws:s3:*:*:b/*", "arn:aws:s3:::b/x", true)]
    [InlineData("ArnLike", "arn:*", "arn:aws:s3:::b/x", false)]
    [InlineData("NumericLessThan", "3", "2", false)]
    public void HoldsConditionsAsAwsDoes(string operation, string wanted, string? given, bool expected)
    {
        var policy = new PolicyDocument([new() { Actions = ["*"], Resources = ["*"], Conditions = [new(operation, "s3:prefix", [wanted])] }]);
        var context = new Dictionary<string, IReadOnlyList<string>>();
        if (given is not null)
        {
            context["S3:Prefix"] = [given];
        }

        var decision = PolicyEvaluation.Decide([policy], new AccessRequest("s3:ListBucket", "arn:aws:s3:::b") { Context = context });

        Assert.Equal(expected, decision == AccessDecision.Allowed);
    }

    [Theory]
    [InlineData("ForAnyValue:StringEquals", true)]
    [InlineData("ForAllValues:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", true)]
    [InlineData("ForAllValues:StringNotEquals", false)]
    public void ComparesSetsByTheirOperator(string operation, bool expected)
    {
        var policy = new PolicyDocument([new() { Actions = ["*"], Resources = ["*"], Conditions = [new(operation, "k", ["a", "c"])] }]);
        var request = new AccessRequest("x:y", "*") { Context = new Dictionary<string, IReadOnlyList<string>> { ["k"] = ["a", "b"] } };

        Assert.Equal(expected, PolicyEvaluation.Decide([policy], request) == AccessDecision.Allowed);
    }

    [Fact]
    public void DeniesByAConditionItDoesNotKnow()
    {
        var policy = PolicyReader.Read(
            """
            {"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
                {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}
            """);

        Assert.Equal(AccessDecision.Denied, PolicyEvaluation.Decide([policy], new("x:y", "*")));
    }

    [Theory]
    [InlineData("""{"Statement":[{"Action":["b:c","a:b"],"Effect":"Allow","Resource":["*"]}],"Version":"2012-10-17"}""", true)]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*","Action":["a:b","b:c"]}}""", true)]
    [InlineData("""{"Statement":{"Effect":"Deny","Resource":"*","Action":["a:b","b:c"]}}""", false)]
    [InlineData("""{"Statement":{"Effect":"Allow","Resource":"*","Action":["a:b"]}}""", false)]
    [InlineData("no json", false)]
    public void KnowsTheSamePolicyInAnotherText(string text, bool expected)
    {
        var policy = new PolicyDocument([new() { Actions = ["a:b", "b:c"], Resources = ["*"] }]);

        Assert.Equal(expected, PolicyReader.AreSame(text, policy));
    }
}
