using System.CommandLine;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

/// <summary>What a command works with besides its own arguments.</summary>
internal sealed record Session(GlobalOptions Options, Terminal Terminal, TimeProvider Clock)
{
    /// <summary>The engine's directory, absolute.</summary>
    public string DataDirectory => Path.GetFullPath(Options.DataDirectory);

    public static Session From(ParseResult parse)
    {
        var options = GlobalOptions.From(parse);
        return new(options, Terminal.OfProcess(!parse.GetValue(GlobalOptions.NoColorOption)), TimeProvider.System);
    }
}
