using ScarNet.Local.Http;

namespace ScarNet.Local.Sqs;

/// <summary>SQS's own errors, by the codes of its query protocol; <see cref="SqsApi"/> knows what the JSON protocol calls them.</summary>
internal static class SqsFault
{
    public const string NoQueueCode = "AWS.SimpleQueueService.NonExistentQueue";
    public const string ExistsCode = "QueueAlreadyExists";

    public static ApiException NoQueue() => new(400, NoQueueCode, "The specified queue does not exist.");

    public static ApiException Exists(string attribute) =>
        new(400, ExistsCode, $"A queue already exists with the same name and a different value for attribute {attribute}");

    public static ApiException Missing(string parameter) => new(400, "MissingParameter", $"The request must contain the parameter {parameter}.");

    public static ApiException Value(string what) => new(400, "InvalidParameterValue", what);

    public static ApiException Attribute(string name) => new(400, "InvalidAttributeName", $"Unknown Attribute {name}.");

    public static ApiException AttributeValue(string name) => new(400, "InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    public static ApiException Receipt(string handle) => new(404, "ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.");
}
