using System.Globalization;
using System.Text.Json;

namespace ScarNet.Supervisor;

/// <summary>
/// That the machine is taken back, as EC2 says it two minutes before. Source:
/// docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
/// </summary>
/// <param name="Json">The notice itself.</param>
/// <param name="Action">terminate, stop or hibernate.</param>
/// <param name="Time">When.</param>
internal sealed record SpotNotice(string Json, string Action, DateTimeOffset Time)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);

    /// <summary>Reads a notice; one that is not as documented is a notice all the same, for the usual time.</summary>
    public static SpotNotice Parse(string json, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var action = document.RootElement.GetProperty("action").GetString();
            var time = document.RootElement.GetProperty("time").GetString();
            return new(json, action!, DateTimeOffset.Parse(time!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return new(json, "terminate", now + Usual);
        }
    }
}
