using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>SCAR 4's function: an entry of <c>functions.aws</c>.</summary>
internal static class FdlFunction
{
    public const string NoApi = "ScarNet makes no REST API; 'scarnet invoke' and S3 call functions";

    public const string OwnSupervisor = "the supervisor comes with ScarNet, in its version";

    /// <summary>What nothing corresponds to, by its path → why.</summary>
    private static readonly Dictionary<string, string> gone = new()
    {
        ["lambda.runtime"] = "ScarNet's supervisor is a program of its own and needs no runtime of Lambda's",
        ["lambda.architectures"] = "functions run on x86_64",
        ["lambda.invocation_type"] = "'scarnet invoke' and 'scarnet run' say themselves how they call",
        ["lambda.log_type"] = "'scarnet log' reads logs",
        ["lambda.preheat"] = "'scarnet invoke' calls a function once",
        ["lambda.file_stage_in"] = "its name says the opposite of what it did: 'true' kept SCAR from fetching the input; ScarNet fetches it always",
        ["lambda.deployment.max_payload_size"] = "sizes are checked against AWS's own limits",
        ["lambda.deployment.max_s3_payload_size"] = "sizes are checked against AWS's own limits",
        ["lambda.container.alpine"] = "the supervisor runs in every image, with musl or glibc",
        ["lambda.container.create_image"] = "images of ECR are taken as they are, of others one is made; SCAR deleted repositories that it had not made",
        ["ecr.delete_image"] = "'scarnet rm' takes away the repositories that 'scarnet init' made, and no other",
        ["s3.event"] = "'scarnet invoke' takes an event of any form",
    };

    public static void Convert(YamlMap map, ShortFunction function, FieldConversion fields)
    {
        Lambda((YamlMap)map.Find("lambda")!.Value, function, fields);
        foreach (var block in map.Entries.Where(entry => entry.Name != "lambda" && !entry.IsNull))
        {
            if (block.Name == "batch")
            {
                BatchBlock.Convert((YamlMap)block.Value, function, isFdl: true);
                continue;
            }

            foreach (var entry in Given(block))
            {
                switch (block.Name, entry.Name)
                {
                    case ("iam", "role") or ("cloudwatch", "log_retention_policy_in_days"):
                        function.SetIn(block.Name, entry.Name, entry.Value);
                        break;
                    case ("api_gateway", _):
                        function.LeaveOut($"{block.Name}.{entry.Name}", entry, NoApi);
                        break;
                    case (_, "boto_profile" or "region"):
                        ServicePlace.Convert($"{block.Name}.{entry.Name}", entry, function);
                        break;
                    default:
                        LeaveOut($"{block.Name}.{entry.Name}", entry, function);
                        break;
                }
            }
        }
    }

    private static void Lambda(YamlMap lambda, ShortFunction function, FieldConversion fields)
    {
        // In the order in which they are read: what stands in 'container' is stronger.
        foreach (var entry in lambda.Entries.Where(entry => !entry.IsNull).OrderBy(entry => entry.Name == "container"))
        {
            switch (entry.Name)
            {
                case "name":
                    break;
                case "boto_profile":
                    function.Set("profile", entry.Value);
                    break;
                case "environment":
                    Given(entry).ToList().ForEach(variables => fields.Variables("lambda_environment", variables));
                    break;
                case "container":
                    Given(entry).ToList().ForEach(inner => Container(inner, function, fields));
                    break;
                case "deployment" or "supervisor":
                    Given(entry).ToList().ForEach(inner => Deployment(entry.Name, inner, function));
                    break;
                case "file_system":
                    FileSystem(entry, function);
                    break;
                case var name when gone.ContainsKey($"lambda.{name}"):
                    LeaveOut($"lambda.{name}", entry, function);
                    break;
                default:
                    fields.Convert(entry, "lambda.");
                    break;
            }
        }
    }

    private static void Container(YamlEntry entry, ShortFunction function, FieldConversion fields)
    {
        switch (entry.Name)
        {
            case "environment":
                Given(entry).ToList().ForEach(variables => fields.Variables("environment", variables));
                break;
            case "alpine" or "create_image":
                LeaveOut($"lambda.container.{entry.Name}", entry, function);
                break;
            default:
                fields.Convert(entry);
                break;
        }
    }

    private static void Deployment(string block, YamlEntry entry, ShortFunction function)
    {
        if ((block, entry.Name) == ("deployment", "bucket"))
        {
            function.SetIn("s3", "deployment_bucket", entry.Value);
        }
        else
        {
            LeaveOut($"lambda.{block}.{entry.Name}", entry, function);
        }
    }

    private static void FileSystem(YamlEntry entry, ShortFunction function)
    {
        if (entry.Value is YamlList { Items: [var only] })
        {
            function.Set("efs", only);
        }
        else if (entry.Value is YamlMap map)
        {
            function.Set("efs", map);
        }
    }

    private static void LeaveOut(string path, YamlEntry entry, ShortFunction function) =>
        function.LeaveOut(path, entry, gone.GetValueOrDefault(path) ?? OwnSupervisor);

    private static IEnumerable<YamlEntry> Given(YamlEntry block) => (block.Value as YamlMap)?.Entries.Where(entry => !entry.IsNull) ?? [];
}
