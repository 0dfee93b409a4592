using ScarNet.Cli.Deploy;

namespace ScarNet.Tests.Deploy;

public sealed class ShowingPolicies
{
    [Fact]
    public void ShowsOnlyTheStatementsThatDiffer()
    {
        var changes = PolicyChanges.Between(
            "policy",
            """{"Statement":[{"Sid":"A","Action":"x"},{"Sid":"B","Action":"y"},{"Sid":"D","Action":"z"}]}""",
            """{"Statement":[{"Sid":"A","Action":"x"},{"Sid":"B","Action":"w*"},{"Sid":"C","Action":"v"}]}""");

        Assert.Equal(
            [
                new StepChange("policy B", """{"Action":"y"}""", """{"Action":"w*"}"""),
                new StepChange("policy D", """{"Action":"z"}""", null),
                new StepChange("policy C", null, """{"Action":"v"}"""),
            ],
            changes);
    }

    [Fact]
    public void TakesOneStatementWithoutASid() => Assert.Equal(
        [new StepChange("trust policy", """{"Effect":"Deny"}""", """{"Effect":"Allow"}""")],
        PolicyChanges.Between("trust policy", """{"Statement":{"Effect":"Deny"}}""", """{"Statement":[{"Effect":"Allow"}]}"""));

    [Theory]
    [InlineData(null)]
    [InlineData("no policy")]
    [InlineData("""{"Version":"2008-10-17","Statement":[{"Sid":"A","Effect":"Allow"}]}""")]
    public void ShowsAllOfItWhereTheStatementsTellNothing(string? old)
    {
        const string Wanted = """{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow"}]}""";

        var change = Assert.Single(PolicyChanges.Between("policy", old, Wanted));

        Assert.NotEqual(change.Old, change.New);
    }
}
