using System.Text.RegularExpressions;
using ScarNet.Cli.Definitions;
using ScarNet.Cli.Definitions.Fields;
using ScarNet.Cli.Definitions.Layouts;

namespace ScarNet.Tests.Definitions;

/// <summary>docs/function-file.md has every field that the reader knows, of the kind it has, and no other.</summary>
public sealed partial class DocumentedFields
{
    private static readonly string Document = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs", "function-file.md"));

    [Fact]
    public void AreThoseOfTheShortLayout()
    {
        Assert.Equal(Known(ShortLayout.Function.Entries()), Documented("## The short layout"));
    }

    [Fact]
    public void AreThoseOfScar4()
    {
        Assert.Equal(Known(FdlLayout.Element.Entries()), Documented("## SCAR 4's layout"));
    }

    [Fact]
    public void AreThoseOfOtherStorages()
    {
        var documented = StorageRow().Matches(Section("## Other storages")).Select(row => row.Value);

        Assert.Equal(
            StorageProviders.Keys.Select(type => $"| `{type.Key}` | {string.Join(", ", type.Value.Select(key => $"`{key}`"))} |"), documented);
    }

    [Fact]
    public void StandInExamplesThatAreGood()
    {
        var problems = Example().Matches(Document)
            .Select(example => example.Groups["yaml"].Value)
            .Select(yaml => yaml.StartsWith("defaults:", StringComparison.Ordinal)
                ? Written.Problems(Written.ShortText(), Written.Defaults with { Configuration = new DefinitionText("config.yaml", "/", yaml) })
                : Written.Problems(yaml.Contains("functions:", StringComparison.Ordinal) ? yaml : Written.ShortText() + yaml))
            .ToList();

        Assert.True(problems.Count > 6);
        Assert.All(problems, said => Assert.Equal("", said));
    }

    private static List<string> Known(IEnumerable<FieldEntry> fields) =>
        [.. fields.Where(field => field.Type != "block").Select(field => $"{field.Path} | {field.Type} | {(field.Acts ? "yes" : "no")}").Order(StringComparer.Ordinal)];

    private static List<string> Documented(string heading) =>
        [.. FieldRow().Matches(Section(heading))
            .Select(row => $"{row.Groups["path"].Value} | {row.Groups["kind"].Value} | {row.Groups["used"].Value}").Order(StringComparer.Ordinal)];

    private static string Section(string heading)
    {
        var start = Document.IndexOf(heading + "\n", StringComparison.Ordinal) + heading.Length;
        var end = Document.IndexOf("\n## ", start, StringComparison.Ordinal);
        return Document[start..(end < 0 ? Document.Length : end)];
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "ScarNet.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"^\| `(?<path>[^`]+)` \| (?<kind>[^|]+) \| [^|]* ?\| (?<used>yes|no) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FieldRow();

    [GeneratedRegex(@"^\| `[^`]+` \| `.*\|$", RegexOptions.Multiline, 1000)]
    private static partial Regex StorageRow();

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Example();
}
