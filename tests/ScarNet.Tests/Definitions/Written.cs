using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;

namespace ScarNet.Tests.Definitions;

/// <summary>Reads function files out of the text of a test. Every script is there.</summary>
internal static class Written
{
    public static readonly DefinitionDefaults Defaults = DefinitionDefaults.BuiltIn with { FileExists = _ => true };

    public static ReadResult Read(string yaml, DefinitionDefaults? defaults = null) =>
        DefinitionReader.Read([new DefinitionText("pipeline.yaml", "/files", yaml)], defaults ?? Defaults);

    /// <summary>The one function of a good file.</summary>
    public static FunctionDefinition Function(string yaml, DefinitionDefaults? defaults = null)
    {
        var result = Read(yaml, defaults);

        Assert.Equal([], result.Problems.Where(problem => !problem.IsWarning));
        return Assert.Single(result.Pipeline!.Functions);
    }

    /// <summary>The short layout's function 'f' with a script and these lines.</summary>
    public static FunctionDefinition Short(params string[] lines) => Function(ShortText(lines));

    public static string ShortText(params string[] lines) =>
        "functions:\n  f:\n    init_script: run.sh\n" + string.Concat(lines.Select(line => $"    {line}\n"));

    /// <summary>SCAR 4's function 'f' with a script and these lines in its 'lambda' block.</summary>
    public static string FdlText(params string[] lines) =>
        "functions:\n  aws:\n  - lambda:\n      name: f\n      init_script: run.sh\n" + string.Concat(lines.Select(line => $"      {line}\n"));

    public static FunctionDefinition Fdl(params string[] lines) => Function(FdlText(lines));

    /// <summary>What the terminal would show.</summary>
    public static string Problems(string yaml, DefinitionDefaults? defaults = null) => ProblemText.Format(Read(yaml, defaults).Problems);
}
