using System.CommandLine;
using ScarNet.Cli.Output;

namespace ScarNet.Cli.Commands;

/// <summary>A command with what its help shows beyond options: the usage line and examples.</summary>
internal sealed class DocumentedCommand : Command
{
    /// <param name="name">As it is typed.</param>
    /// <param name="description">One line, lower case, no full stop.</param>
    /// <param name="usage">What follows the command's name.</param>
    /// <param name="examples">Whole command lines.</param>
    public DocumentedCommand(string name, string description, string usage, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Usage = usage;
        Examples = examples;
    }

    public string Usage { get; }

    public IReadOnlyList<string> Examples { get; }

    public void AddAll(IEnumerable<Option> options) => options.ToList().ForEach(Options.Add);

    /// <summary>Says what the command does with what was parsed; the result is the exit code.</summary>
    public DocumentedCommand Does(Func<ParseResult, Session, CancellationToken, Task<int>> work)
    {
        SetAction((parse, cancellation) => work(parse, Session.From(parse), cancellation));
        return this;
    }
}
