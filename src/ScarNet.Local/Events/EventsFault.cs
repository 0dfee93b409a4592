using ScarNet.Local.Http;

namespace ScarNet.Local.Events;

/// <summary>EventBridge's own errors.</summary>
internal static class EventsFault
{
    public static ApiException Invalid(string what) => new(400, "ValidationException", what);

    public static ApiException Pattern(string what) => new(400, "InvalidEventPatternException", what);

    public static ApiException NoRule(string name) => new(400, "ResourceNotFoundException", $"Rule {name} does not exist on EventBus default.");

    public static ApiException NoBus(string name) =>
        new(400, "ResourceNotFoundException", $"Event bus {name} does not exist: the local engine has the default event bus.");

    public static ApiException TooMany() => new(400, "LimitExceededException", "The requested resource exceeds the maximum number allowed.");
}
