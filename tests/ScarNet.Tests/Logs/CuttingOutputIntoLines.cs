using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Local.Logs;

namespace ScarNet.Tests.Logs;

public sealed class CuttingOutputIntoLines
{
    private readonly List<string> lines = [];

    [Fact]
    public void JoinsPiecesAndDropsLineEnds()
    {
        Cut("on", "e\r\ntwo\n", "\n", "three");

        Assert.Equal(["one", "two", "", "three"], lines);
    }

    [Fact]
    public void ReplacesOnlyTheBytesThatAreNotUtf8()
    {
        var splitter = new LineSplitter(lines.Add);

        splitter.Add([(byte)'a', 0xFF, (byte)'b', (byte)'\n', 0xC3]);
        splitter.Add([0xA9, (byte)'\n']);

        Assert.Equal(["a\uFFFDb", "é"], lines);
    }

    [Fact]
    public void CutsALongLineAtACharacter()
    {
        Cut("x" + string.Concat(Enumerable.Repeat("é", 200_000)), "\n");

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain('\uFFFD', line));
        Assert.Equal(200_001, lines.Sum(line => line.Length));
    }

    [Fact]
    public void KeepsEveryCharacterHoweverItIsCutIntoPieces() => Prop.ForAll<NonNull<string>, PositiveInt>((text, size) =>
    {
        var plain = text.Get.Replace("\r", "", StringComparison.Ordinal).Normalized();
        var got = new List<string>();
        var splitter = new LineSplitter(got.Add);
        foreach (var piece in Encoding.UTF8.GetBytes(plain).Chunk(size.Get))
        {
            splitter.Add(piece);
        }

        splitter.End();
        return string.Join('\n', got) == (plain.EndsWith('\n') ? plain[..^1] : plain);
    }).QuickCheckThrowOnFailure();

    private void Cut(params string[] pieces)
    {
        var splitter = new LineSplitter(lines.Add);
        foreach (var piece in pieces)
        {
            splitter.Add(Encoding.UTF8.GetBytes(piece));
        }

        splitter.End();
    }
}

internal static class Texts
{
    /// <summary>The text without halves of surrogate pairs, which UTF-8 cannot carry.</summary>
    public static string Normalized(this string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
