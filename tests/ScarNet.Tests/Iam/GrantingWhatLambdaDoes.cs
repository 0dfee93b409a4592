using ScarNet.Core.Iam;
using static ScarNet.Tests.Iam.CountFunction;

namespace ScarNet.Tests.Iam;

/// <summary>What Lambda itself does as the role: networks, file systems, reports of what it gave up.</summary>
public sealed class GrantingWhatLambdaDoes
{
    [Fact]
    public void ConnectsToANetworkAndKeepsTheScriptFromDoingSo()
    {
        var policy = Execution(Count with { Vpc = new(["subnet-1"], ["sg-1"]) });

        Assert.Equal(["arn:aws:ec2:eu-west-1:123456789012:*/*"], Statement(policy, "ConnectToNetwork").Resources);
        Assert.Equal(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], Statement(policy, "LookAtNetwork").Actions);
        var denied = Statement(policy, "KeepScriptFromNetwork");
        Assert.True(denied.Denies);
        Assert.Equal(("ArnEquals", "lambda:SourceFunctionArn"), (denied.Conditions[0].Operator, denied.Conditions[0].Key));
        Assert.Equal(
            ["arn:aws:lambda:eu-west-1:123456789012:function:count", "arn:aws:lambda:eu-west-1:123456789012:function:count:*"],
            denied.Conditions[0].Values);
    }

    [Theory]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", null, true)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "count", false)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "count:live", false)]
    [InlineData("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-1", "counter", true)]
    [InlineData("ec2:DescribeSubnets", "*", null, true)]
    [InlineData("ec2:DescribeSubnets", "*", "count:3", false)]
    [InlineData("ec2:DeleteNetworkInterface", "arn:aws:ec2:us-east-1:123456789012:network-interface/eni-1", null, false)]
    public void LetsLambdaAndNotTheScriptConnect(string action, string resource, string? script, bool allowed)
    {
        var policy = Execution(Count with { Vpc = new(["subnet-1"], ["sg-1"]) });
        var context = new Dictionary<string, IReadOnlyList<string>>();
        if (script is not null)
        {
            context["lambda:SourceFunctionArn"] = [$"arn:aws:lambda:eu-west-1:123456789012:function:{script}"];
        }

        var decision = PolicyEvaluation.Decide([policy], new(action, resource) { Context = context });

        Assert.Equal(allowed, decision == AccessDecision.Allowed);
    }

    [Fact]
    public void MountsThroughItsAccessPointOnly()
    {
        const string accessPoint = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";

        var mount = Statement(Execution(Count with { FileSystem = new(accessPoint, "/mnt/data") }), "MountFiles");

        Assert.Equal(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], mount.Actions);
        Assert.Equal(["arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/*"], mount.Resources);
        Assert.Equal(("StringEquals", "elasticfilesystem:AccessPointArn", accessPoint), (mount.Conditions[0].Operator, mount.Conditions[0].Key, mount.Conditions[0].Values[0]));
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead", "sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:dead")]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:dead", "sns:Publish", "arn:aws:sns:eu-west-1:123456789012:dead")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:mend", "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:123456789012:function:mend")]
    [InlineData("arn:aws:events:eu-west-1:123456789012:event-bus/b", "events:PutEvents", "arn:aws:events:eu-west-1:123456789012:event-bus/b")]
    [InlineData("arn:aws:s3:::failures", "s3:PutObject", "arn:aws:s3:::failures/aws/lambda/async/count/*")]
    public void SendsWhatLambdaGaveUpWhereItIsToldTo(string destination, string action, string resource)
    {
        var sent = Statement(Execution(Count with { FailureDestination = destination }), "ReportFailures");

        Assert.Equal((action, resource), (Assert.Single(sent.Actions), Assert.Single(sent.Resources)));
    }

    [Fact]
    public void SendsDeadLettersToTheVeryQueue()
    {
        var sent = Statement(Execution(Count with { DeadLetter = "arn:aws:sqs:eu-west-1:123456789012:dead" }), "SendDeadLetters");

        Assert.Equal(("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:dead"), (Assert.Single(sent.Actions), Assert.Single(sent.Resources)));
        Assert.DoesNotContain(Execution(Count).Statements, statement => statement.Sid is "SendDeadLetters" or "ReportFailures" or "MountFiles" or "LookAtNetwork");
    }
}
