using ScarNet.Cli.Definitions;
using ScarNet.Core.Functions;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace ScarNet.Cli.Conversion;

/// <summary>The comments of a function file, which its reader passes over.</summary>
internal static class FileComments
{
    /// <summary>Where the first one stands; null when there is none.</summary>
    public static Place? First(DefinitionText file)
    {
        var scanner = new Scanner(new StringReader(file.Text), skipComments: false);
        try
        {
            while (scanner.MoveNext())
            {
                if (scanner.Current is Comment comment)
                {
                    return new(file.Name, (int)comment.Start.Line, (int)comment.Start.Column);
                }
            }
        }
        catch (YamlException)
        {
            // The file has been read: only looking for comments, this scanner is stricter.
        }

        return null;
    }
}
