using System.CommandLine;
using ScarNet.Cli.Deploy;

namespace ScarNet.Cli.Commands;

/// <summary><c>--permissions-boundary</c>.</summary>
internal static class BoundaryOption
{
    public static Option<RoleBoundary> Create() => new("--permissions-boundary")
    {
        Description = "the most that roles of functions may do: ARN of a managed policy, 'foundation' for the one that 'bootstrap' made, or 'none'; "
            + "without it they keep what they have",
        HelpName = "POLICY",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (RoleBoundary.Of(text) is { } boundary)
            {
                return boundary;
            }

            result.AddError($"--permissions-boundary '{text}' is neither the ARN of a managed policy nor 'foundation' nor 'none'");
            return default;
        },
    };
}
