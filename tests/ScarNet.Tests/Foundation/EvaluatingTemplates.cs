using System.Text.Json.Nodes;
using ScarNet.Local.CloudFormation;
using ScarNet.Local.Http;

namespace ScarNet.Tests.Foundation;

public sealed class EvaluatingTemplates
{
    private static readonly StackPlace place = new("s", "arn:aws:cloudformation:eu-west-1:123456789012:stack/s/1", "123456789012", "eu-west-1");

    [Theory]
    [InlineData("""{"Ref": "Name"}""", "\"text\"")]
    [InlineData("""{"Ref": "Names"}""", """["a","b"]""")]
    [InlineData("""{"Ref": "AWS::Region"}""", "\"eu-west-1\"")]
    [InlineData("""{"Fn::Sub": "${Name}-${AWS::AccountId}-${!Name}-${B.Arn}-${B}"}""", "\"text-123456789012-${Name}-${B.Arn}-${B}\"")]
    [InlineData("""{"Fn::Sub": ["${x}/${Name}", {"x": {"Fn::GetAtt": ["B", "Arn"]}}]}""", "\"${B.Arn}/text\"")]
    [InlineData("""{"Fn::GetAtt": "B.Arn"}""", "\"${B.Arn}\"")]
    [InlineData("""{"Fn::Join": ["-", ["x", {"Ref": "Name"}]]}""", "\"x-text\"")]
    [InlineData("""{"Fn::Join": ["", {"Ref": "Names"}]}""", "\"ab\"")]
    [InlineData("""{"Fn::If": ["IsText", 1, 2]}""", "1")]
    [InlineData("""{"Fn::If": ["IsOther", 1, {"Ref": "Name"}]}""", "\"text\"")]
    [InlineData("""{"Fn::If": ["Either", 1, 2]}""", "1")]
    [InlineData("""{"Fn::If": ["Both", 1, 2]}""", "2")]
    [InlineData("""{"Fn::Select": ["1", {"Ref": "Names"}]}""", "\"b\"")]
    [InlineData("""{"Fn::Split": [",", "x,y"]}""", """["x","y"]""")]
    [InlineData("""{"a": {"Ref": "AWS::NoValue"}, "b": [1, {"Ref": "AWS::NoValue"}]}""", """{"b":[1]}""")]
    [InlineData("""{"Fn::Base64": "x"}""", "\"eA==\"")]
    public void GivesWhatTheFunctionsStandFor(string property, string expected) => Assert.Equal(expected, Value(property)!.ToJsonString());

    [Theory]
    [InlineData("""{"Ref": "Nobody"}""", "Unresolved resource dependencies [Nobody]")]
    [InlineData("""{"Fn::GetAtt": ["Nobody", "Arn"]}""", "references undefined resource Nobody")]
    [InlineData("""{"Fn::Select": ["2", {"Ref": "Names"}]}""", "nonexistent value at index")]
    [InlineData("""{"Fn::If": ["Nothing", 1, 2]}""", "Unresolved condition dependency Nothing")]
    [InlineData("""{"Fn::Transform": {}}""", "does not know Fn::Transform")]
    [InlineData("""{"Ref": ["Name"]}""", "a text is expected")]
    [InlineData("""{"Fn::If": ["IsText", 1]}""", "every Fn::If object requires a list parameter")]
    [InlineData("""{"Fn::FindInMap": ["a", "b"]}""", "every Fn::FindInMap object requires a list parameter")]
    [InlineData("""{"Fn::If": ["Circle", 1, 2]}""", "depends on itself")]
    public void RefusesWhatStandsForNothing(string property, string said) =>
        Assert.Contains(said, Assert.Throws<ApiException>(() => Value(property)).Message, StringComparison.Ordinal);

    [Fact]
    public void RefusesAPatternThatIsNone()
    {
        var template = Template.Read("""{"Parameters": {"P": {"Type": "String", "Default": "a", "AllowedPattern": "("}}, "Resources": {"A": {"Type": "T"}}}""");

        var refused = Assert.Throws<ApiException>(() => ParameterValues.Of(template, new Dictionary<string, string?>(), new Dictionary<string, string>()));

        Assert.Equal("ValidationError", refused.Code);
        Assert.Contains("the AllowedPattern of parameter 'P' cannot be used", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TakesTheLastOfWhatIsThereTwice() =>
        Assert.Equal("U", Template.Read("""{"Resources": {"A": {"Type": "T", "Type": "U"}}}""").Resources["A"].Type);

    [Fact]
    public void OrdersResourcesByWhatTheyNeed()
    {
        var template = Template.Read("""
            {"Resources": {
              "A": {"Type": "T", "Properties": {"x": {"Fn::Sub": "${B.Arn}"}}},
              "B": {"Type": "T", "DependsOn": "C"},
              "C": {"Type": "T"},
              "D": {"Type": "T", "Properties": {"x": [{"Ref": "A"}]}}}}
            """);

        Assert.Equal(["C", "B", "A", "D"], ResourceOrder.Of(template, new Dictionary<string, string>(), place).Select(r => r.Name));
    }

    [Fact]
    public void RefusesResourcesThatNeedEachOther()
    {
        var template = Template.Read("""
            {"Resources": {"A": {"Type": "T", "DependsOn": ["B"]}, "B": {"Type": "T", "Properties": {"x": {"Ref": "A"}}}}}
            """);

        Assert.Contains(
            "Circular dependency between resources: [A, B]",
            Assert.Throws<ApiException>(() => ResourceOrder.Of(template, new Dictionary<string, string>(), place)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Days", "x", "must be a number")]
    [InlineData("Days", "0", "not less than 1")]
    [InlineData("Days", "9", "not greater than 7")]
    [InlineData("Choice", "perhaps", "must be one of AllowedValues")]
    [InlineData("Code", "a b", "must match pattern [a-z]+")]
    [InlineData("Unknown", "x", "do not exist in the template")]
    [InlineData(null, null, "[Given] must have values")]
    public void RefusesParametersThatMayNotBe(string? name, string? value, string said)
    {
        var template = Template.Read("""
            {"Parameters": {
              "Days": {"Type": "Number", "Default": 2, "MinValue": 1, "MaxValue": 7},
              "Choice": {"Type": "String", "Default": "yes", "AllowedValues": ["yes", "no"]},
              "Code": {"Type": "String", "Default": "a", "AllowedPattern": "[a-z]+"},
              "Given": {"Type": "String"}},
             "Resources": {"A": {"Type": "T"}}}
            """);
        var given = new Dictionary<string, string?>();
        if (name is not null)
        {
            given["Given"] = "x";
            given[name] = value;
        }

        var refused = Assert.Throws<ApiException>(() => ParameterValues.Of(template, given, new Dictionary<string, string>()));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resources:\n  A:\n", "takes templates in JSON")]
    [InlineData("{}", "At least one Resources member")]
    [InlineData("""{"Resources": {"A": {}}}""", "must contain a Type member")]
    [InlineData("""{"Resources": {"A": 1}}""", "'A' is not an object")]
    [InlineData("""{"Parameters": {"N": {"Type": "Number", "MinValue": "abc"}}, "Resources": {"A": {"Type": "T"}}}""", "a number is expected at $.Parameters.N.MinValue, not 'abc'")]
    [InlineData("""{"Parameters": {"N": {"Type": "Number", "MaxValue": []}}, "Resources": {"A": {"Type": "T"}}}""", "a text is expected at $.Parameters.N.MaxValue")]
    [InlineData("""{"Description": {}, "Resources": {"A": {"Type": "T"}}}""", "a text is expected at $.Description")]
    [InlineData("""{"Transform": "AWS::Serverless-2016-10-31", "Resources": {"A": {"Type": "T"}}}""", "no transforms")]
    public void RefusesWhatIsNoTemplate(string text, string said) =>
        Assert.Contains(said, Assert.Throws<ApiException>(() => Template.Read(text)).Message, StringComparison.Ordinal);

    private static JsonNode? Value(string property)
    {
        var template = Template.Read("""
            {"Parameters": {"Name": {"Type": "String"}, "Names": {"Type": "CommaDelimitedList"}},
             "Conditions": {
               "IsText": {"Fn::Equals": [{"Ref": "Name"}, "text"]},
               "IsOther": {"Fn::Not": [{"Condition": "IsText"}]},
               "Either": {"Fn::Or": [{"Condition": "IsOther"}, {"Condition": "IsText"}]},
               "Both": {"Fn::And": [{"Condition": "IsOther"}, {"Condition": "IsText"}]},
               "Circle": {"Condition": "Circle"}},
             "Resources": {"A": {"Type": "T", "Properties": {"x": @}}, "B": {"Type": "T"}}}
            """.Replace("@", property, StringComparison.Ordinal));
        var values = new Dictionary<string, string> { ["Name"] = "text", ["Names"] = "a, b" };
        return new Evaluation(template, values, place, Evaluation.Symbol).Properties(template.Resources["A"])["x"];
    }
}
