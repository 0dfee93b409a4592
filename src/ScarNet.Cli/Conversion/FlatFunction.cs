using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>SCAR 1 to 3's function, or ScarNet's own.</summary>
internal static class FlatFunction
{
    public static void Convert(YamlMap map, ShortFunction function, FieldConversion fields)
    {
        foreach (var entry in map.Entries.Where(entry => !entry.IsNull))
        {
            switch (entry.Name)
            {
                case "s3":
                    S3Block.Convert(entry, function, hasOutput: map.Find("output") is { IsNull: false });
                    break;
                case "time":
                    function.Set("timeout", entry.Value);
                    function.Tell(entry.Place, "timeout", $"'time' of function '{function.Name}' is called 'timeout' now, as in SCAR 4");
                    break;
                case "api_gateway":
                    foreach (var inner in ((YamlMap)entry.Value).Entries.Where(inner => !inner.IsNull))
                    {
                        function.LeaveOut($"api_gateway.{inner.Name}", inner, FdlFunction.NoApi);
                    }

                    break;
                case "lambda_role":
                    function.LeaveOut(entry.Name, entry, "'iam: role:' names an execution role; SCAR did not use this one either");
                    break;
                case "supervisor_version":
                    function.LeaveOut(entry.Name, entry, FdlFunction.OwnSupervisor);
                    break;
                default:
                    fields.Convert(entry);
                    break;
            }
        }
    }
}
