using System.CommandLine;
using ScarNet.Core;

namespace ScarNet.Cli.Commands;

/// <summary>The option that gives values to the parameters of a function.</summary>
internal static class ParameterOption
{
    public static Option<string[]> Create()
    {
        var option = new Option<string[]>("--parameter")
        {
            Description = "value of a parameter of the function, over the default in its file; as often as needed",
            HelpName = "NAME=VALUE",
        };
        option.Aliases.Add("-P");
        return option;
    }

    /// <exception cref="ScarException">One is no NAME=VALUE, or one is given twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(IReadOnlyList<string>? given)
    {
        var values = new Dictionary<string, string>();
        foreach (var text in given ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new ScarException($"-P '{text}' gives no parameter a value", "-P NAME=VALUE");
            }

            if (!values.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new ScarException($"-P gives parameter '{text[..equals]}' two values", "leave one of them out");
            }
        }

        return values;
    }
}
