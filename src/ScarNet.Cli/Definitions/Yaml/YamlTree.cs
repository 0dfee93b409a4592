using ScarNet.Core;
using ScarNet.Core.Functions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ScarNet.Cli.Definitions.Yaml;

/// <summary>Builds the tree of one file out of the parser's events, within <see cref="YamlLimits"/>. An alias is the anchor's own node.</summary>
internal sealed class YamlTree
{
    private readonly string file;
    private readonly Action<Problem> report;
    private readonly Parser parser;
    private readonly Dictionary<string, YamlNode> anchors = [];
    private long nodes;

    /// <summary>The end of what the parser gave last.</summary>
    private Mark LastMark => parser.Current?.End ?? Mark.Empty;

    private YamlTree(DefinitionText file, Action<Problem> report)
    {
        this.file = file.Name;
        this.report = report;
        parser = new Parser(new StringReader(file.Text));
    }

    /// <summary>The file's one document; null when it has none or cannot be read, and then a problem says so.</summary>
    public static YamlNode? Read(DefinitionText file, Action<Problem> report)
    {
        if (file.Text.Length > YamlLimits.MaxBytes || System.Text.Encoding.UTF8.GetByteCount(file.Text) > YamlLimits.MaxBytes)
        {
            report(new Problem(new Place(file.Name, 1, 1), "the file is larger than 1 MiB", "a function file names its scripts, it does not hold data"));
            return null;
        }

        var tree = new YamlTree(file, report);
        try
        {
            return tree.ReadDocument();
        }
        catch (YamlException e)
        {
            report(SyntaxProblem.Of(file, e.Start, e.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner throws this, without a place, when a text ends inside brackets.
            report(SyntaxProblem.Of(file, tree.LastMark, "a bracket or brace is not closed"));
            return null;
        }
        catch (ArgumentException)
        {
            // And this when a tag or anchor is not made of the right characters.
            report(SyntaxProblem.Of(file, tree.LastMark, "what follows is no tag ('!') or anchor ('&')"));
            return null;
        }
        catch (ScarException)
        {
            return null; // reported already: see Refuse
        }
    }

    private YamlNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            report(new Problem(
                PlaceOf(parser.Current!), "a second document begins here", "one file holds one document; give several files with several -f"));
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        var start = parser.Consume<ParsingEvent>();
        var place = PlaceOf(start);
        if (depth > YamlLimits.MaxDepth)
        {
            Refuse(place, $"blocks nest more than {YamlLimits.MaxDepth} deep");
        }

        if (start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
        {
            report(new Problem(place, $"unknown tag '{tag.Value}'", "values are plain text here; put quotes around one that begins with '!'"));
        }

        YamlNode node = start switch
        {
            Scalar scalar => new YamlText(place, scalar.Value, scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any), (int)scalar.End.Line),
            SequenceStart => ReadList(place, depth),
            MappingStart => ReadMap(place, depth),
            AnchorAlias alias => Resolve(alias, place, depth),
            _ => throw new YamlException(start.Start, start.End, "a value is missing"),
        };
        nodes += start is AnchorAlias ? node.Size : 1;
        if (nodes > YamlLimits.MaxNodes)
        {
            Refuse(place, $"the file is more than {YamlLimits.MaxNodes:N0} values once its aliases ('*') are written out");
        }

        if (start is NodeEvent { Anchor: { IsEmpty: false } anchor })
        {
            anchors[anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Resolve(AnchorAlias alias, Place place, int depth)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out var node))
        {
            report(new Problem(place, $"unknown alias '*{alias.Value.Value}'", "an anchor ('&') of that name must end before it"));
            return new YamlText(place, "", false, place.Line);
        }

        if (depth + node.Height > YamlLimits.MaxDepth)
        {
            Refuse(place, $"blocks nest more than {YamlLimits.MaxDepth} deep once '*{alias.Value.Value}' is written out");
        }

        return node;
    }

    private YamlList ReadList(Place place, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new YamlList(place, items);
    }

    private YamlMap ReadMap(Place place, int depth)
    {
        var entries = new YamlEntries(report);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            entries.Add(key, value);
        }

        return new YamlMap(place, entries.ToList());
    }

    private Place PlaceOf(ParsingEvent e) => new(file, (int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column));

    private void Refuse(Place place, string message)
    {
        report(new Problem(place, message));
        throw new ScarException(message); // ends the reading of this file
    }
}
