using ScarNet.Cli.Definitions.Yaml;

namespace ScarNet.Cli.Conversion;

/// <summary>
/// The <c>batch</c> block of every version of SCAR: version 2 has its machines in the block itself, version 3 the environment's state and
/// type among the machines, where version 4 has the machines' own type.
/// </summary>
internal static class BatchBlock
{
    private const string Compute = "compute_resources";

    private static readonly string[] machines =
        ["comp_type", "min_v_cpus", "desired_v_cpus", "max_v_cpus", "instance_types", "subnets", "security_group_ids", "instance_role", "launch_template_name"];

    public static void Convert(YamlMap batch, ShortFunction function, bool isFdl)
    {
        var own = Blocks.Empty(batch.Place);
        var compute = Blocks.Empty(batch.Place);
        foreach (var entry in Given(batch).Where(entry => !machines.Contains(entry.Name) && entry.Name != Compute))
        {
            if (isFdl && entry.Name is "boto_profile" or "region")
            {
                ServicePlace.Convert($"batch.{entry.Name}", entry, function);
            }
            else
            {
                own = Blocks.With(own, entry.Name, entry.Name == "environment" ? Blocks.Variables(entry.Value) : entry.Value);
            }
        }

        if (batch.Find(Compute)?.Value is YamlMap inner)
        {
            // As they are read: 'comp_type' is stronger than 'type', wherever it stands.
            foreach (var entry in Given(inner).OrderBy(entry => entry.Name == "comp_type"))
            {
                if (entry.Name == "state" || (entry.Name == "type" && IsManaged(entry)))
                {
                    own = Blocks.With(own, entry.Name, entry.Value);
                    function.Tell(
                        entry.Place, "batch", $"'batch.{Compute}.{entry.Name}' of function '{function.Name}' is the {entry.Name} of the compute environment, and stands in 'batch' now");
                }
                else
                {
                    compute = Machine(compute, entry, $"batch.{Compute}", function);
                }
            }
        }

        foreach (var entry in Given(batch).Where(entry => machines.Contains(entry.Name)))
        {
            compute = Machine(compute, entry, "batch", function);
        }

        if (isFdl && compute.Find("instance_types") is { } types)
        {
            function.Tell(types.Value.Place, "batch", $"SCAR 4 added 'm3.medium' of its own to 'instance_types' of function '{function.Name}'; here the list is all there is");
        }

        function.Set("batch", compute.Entries.Count == 0 ? own : Blocks.With(own, Compute, compute));
    }

    private static YamlMap Machine(YamlMap compute, YamlEntry entry, string block, ShortFunction function)
    {
        if (entry.Name == "comp_type")
        {
            function.Tell(entry.Place, "batch", $"'{block}.comp_type' of function '{function.Name}' is the machines' type: it is called 'batch.{Compute}.type' now");
        }
        else if (block == "batch")
        {
            function.Tell(entry.Place, "batch", $"'batch.{entry.Name}' of function '{function.Name}' stands in 'batch.{Compute}' now");
        }

        return Blocks.With(compute, entry.Name == "comp_type" ? "type" : entry.Name, entry.Value);
    }

    private static bool IsManaged(YamlEntry entry) => entry.Value is YamlText text && text.Text.Equals("MANAGED", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<YamlEntry> Given(YamlMap map) => map.Entries.Where(entry => !entry.IsNull);
}
