using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>The profile and region that SCAR 4 has for each service: here a function has one of each.</summary>
internal static class ServicePlace
{
    /// <summary>Leaves it out, without a word when it says what the function's own says.</summary>
    public static void Convert(string path, YamlEntry entry, ShortFunction function)
    {
        var own = function.Find(entry.Name == "boto_profile" ? "profile" : "region");
        if ((own as YamlText)?.Text != (entry.Value as YamlText)?.Text)
        {
            function.LeaveOut(path, entry, "one profile and one region count for all services of a function: 'profile' and 'region'");
        }
    }
}
