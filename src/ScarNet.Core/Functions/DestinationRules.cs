using F = ScarNet.Core.Functions.FunctionDefinition;

namespace ScarNet.Core.Functions;

/// <summary>Where Lambda may send an event that it gave up. Source: docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</summary>
internal static class DestinationRules
{
    /// <summary>Where Lambda puts records in a bucket.</summary>
    private const string RecordsPrefix = "aws/lambda/async/";

    public static IEnumerable<Problem> Check(F function)
    {
        if (function.DeadLetter is { } letter && Flaw(letter, ["sqs", "sns"]) is { } flaw)
        {
            yield return Problem(function, nameof(F.DeadLetter), "dead_letter", letter, flaw, "an SQS queue or an SNS topic, such as 'arn:aws:sqs:us-east-1:123456789012:failed'");
        }

        if (function.FailureDestination is not { } destination)
        {
            yield break;
        }

        flaw = Flaw(destination, ["sqs", "sns", "lambda", "events", "s3"]);
        if (flaw is not null)
        {
            yield return Problem(
                function, nameof(F.FailureDestination), "on_failure_destination", destination, flaw, "an SQS queue, an SNS topic, a Lambda function, an EventBridge bus or a bucket");
        }
        else if (StartsAgain(function, Arn.Parse(destination)!))
        {
            yield return Problem(
                function, nameof(F.FailureDestination), "on_failure_destination", destination, "starts the function that failed", "send it where nothing fails again");
        }
    }

    private static string? Flaw(string text, string[] services) => Arn.Parse(text) switch
    {
        null => "is no ARN",
        { Service: var service } when !services.Contains(service) => $"is of '{service}', to which Lambda does not send it",
        { Service: "s3" } arn => arn.Resource.Contains('/', StringComparison.Ordinal) ? "is no bucket's" : null,
        { Account.Length: 0 } or { Region.Length: 0 } => "lacks the region or the account",
        { Resource: var resource } when resource.EndsWith(".fifo", StringComparison.Ordinal) => "is a FIFO queue or topic, which Lambda does not take here",
        { Service: "events", Resource: var bus } when !bus.StartsWith("event-bus/", StringComparison.Ordinal) => "is no event bus's",
        { Service: "lambda", Resource: var resource } when !resource.StartsWith("function:", StringComparison.Ordinal) => "is no function's",
        _ => null,
    };

    private static bool StartsAgain(F function, Arn destination) => destination.Service switch
    {
        "lambda" => destination.Resource.Split(':')[1] == function.Name,
        "s3" => function.Triggers.Any(trigger => trigger.Bucket == destination.Resource && trigger.Suffixes.Count == 0
            && (RecordsPrefix.StartsWith(trigger.Prefix, StringComparison.Ordinal) || trigger.Prefix.StartsWith(RecordsPrefix, StringComparison.Ordinal))),
        _ => false,
    };

    private static Problem Problem(F function, string member, string field, string value, string flaw, string hint) =>
        new(function.PlaceOf(member), $"{field} '{value}' of function '{function.Name}' {flaw}", hint);
}
