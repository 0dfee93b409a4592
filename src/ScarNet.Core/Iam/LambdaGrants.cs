using ScarNet.Core.Functions;

namespace ScarNet.Core.Iam;

/// <summary>What Lambda itself does as a function's role: it connects it to a network and a file system, and reports what it gave up.</summary>
internal static class LambdaGrants
{
    private static readonly string[] Interfaces =
        ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"];

    private static readonly string[] Looks = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"];

    /// <summary>Where Lambda puts the records of a function in a bucket.</summary>
    public static string RecordsPrefix(string function) => $"aws/lambda/async/{function}/";

    public static void Add(Grants grants, FunctionDefinition function, AwsPlace place)
    {
        if (!function.Vpc.IsNone)
        {
            Network(grants, function, place);
        }

        if (function.FileSystem is { } mount && Arn.Parse(mount.AccessPoint) is { } accessPoint)
        {
            // An access point is no resource of these actions: the condition names it. Source:
            // docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticfilesystem.html
            grants.Allow(
                "MountFiles",
                ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                [$"arn:{accessPoint.Partition}:elasticfilesystem:{accessPoint.Region}:{accessPoint.Account}:file-system/*"],
                new PolicyCondition("StringEquals", "elasticfilesystem:AccessPointArn", [mount.AccessPoint]));
        }

        Send(grants, "SendDeadLetters", function.DeadLetter, function.Name);
        Send(grants, "ReportFailures", function.FailureDestination, function.Name);
    }

    // Which interface it will be nobody knows beforehand. Sources: docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html (all of the
    // account's, where one cannot be named; looking only with '*'; the denial, so that the script cannot do what Lambda may, whichever version of the function it runs in).
    private static void Network(Grants grants, FunctionDefinition function, AwsPlace place)
    {
        grants.Allow("ConnectToNetwork", Interfaces, [$"arn:{place.Partition}:ec2:{place.Region}:{place.Account}:*/*"]);
        grants.Allow("LookAtNetwork", Looks, ["*"]);
        grants.Deny(
            "KeepScriptFromNetwork", [.. Interfaces, .. Looks], ["*"], new PolicyCondition("ArnEquals", "lambda:SourceFunctionArn", [place.Function(function.Name), $"{place.Function(function.Name)}:*"]));
    }

    private static void Send(Grants grants, string sid, string? destination, string function)
    {
        if (destination is null || Arn.Parse(destination) is not { } arn)
        {
            return;
        }

        if (arn.Service == "s3")
        {
            var records = KeyPattern.Below(arn.Resource, RecordsPrefix(function));
            grants.Objects(sid, [records], "s3:PutObject");
            grants.Listing([records]);
            return;
        }

        grants.Allow(
            sid,
            [arn.Service switch { "sqs" => "sqs:SendMessage", "sns" => "sns:Publish", "events" => "events:PutEvents", _ => "lambda:InvokeFunction" }],
            [destination]);
    }
}
