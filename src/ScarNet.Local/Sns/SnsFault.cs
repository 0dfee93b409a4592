using ScarNet.Local.Http;

namespace ScarNet.Local.Sns;

/// <summary>SNS's own errors.</summary>
internal static class SnsFault
{
    public static ApiException NoTopic() => new(404, "NotFound", "Topic does not exist");

    public static ApiException NoSubscription() => new(404, "NotFound", "Subscription does not exist");

    public static ApiException Parameter(string what) => new(400, "InvalidParameter", $"Invalid parameter: {what}");

    public static ApiException Value(string what) => new(400, "ParameterValueInvalid", what);
}
