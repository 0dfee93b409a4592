using System.CommandLine;
using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Cli.Commands;

/// <summary>The function files of a command line, with the user's configuration below them.</summary>
internal static class PipelineFiles
{
    /// <summary>The <c>-f</c> of every command that takes function files. An instance of its own for each command.</summary>
    /// <param name="required">Whether the command is nothing without.</param>
    /// <param name="takesSeveral">Whether words that follow are more files: not where a command has words of its own.</param>
    public static Option<string[]> Option(bool required, bool takesSeveral = true) => new("--file", "-f")
    {
        Description = "function file; may be given several times, '-' is standard input",
        HelpName = "FILE",
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = takesSeveral,
    };

    public static ReadResult Read(IReadOnlyList<string> files)
    {
        var directory = Environment.CurrentDirectory;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var defaults = new DefinitionDefaults
        {
            Configuration = ConfigurationFile.Find(Environment.GetEnvironmentVariable("SCARNET_CONFIG"), home, directory),
        };
        return DefinitionFiles.Read(files, directory, Console.OpenStandardInput(), defaults);
    }

    /// <summary>The pipeline, its warnings said; null when it has errors, which are said then.</summary>
    public static Pipeline? Load(IReadOnlyList<string> files, Session session)
    {
        var read = Read(files);
        session.Terminal.Report(read.Problems);
        return read.Pipeline;
    }
}
