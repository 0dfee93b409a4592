using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class NamingInputFiles
{
    private static readonly Workspace Place = new("/tmp/scarnet/w");

    [Theory]
    [InlineData("red flower.jpg", "red flower.jpg")]
    [InlineData("a/b/c.txt", "c.txt")]
    [InlineData("../up", "up")]
    [InlineData("../../etc/x", "x")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("//x", "x")]
    [InlineData("a/..", "_..")]
    [InlineData(".", "_.")]
    [InlineData("..", "_..")]
    [InlineData("trailing ", "trailing ")]
    [InlineData("$(touch x)", "$(touch x)")]
    [InlineData("🎉/🧬.fa", "🧬.fa")]
    [InlineData("-rf", "-rf")]
    [InlineData("'; rm -rf /;'", ";'")]
    [InlineData("a\\b", "a\\b")]
    [InlineData("new\nline", "new\nline")]
    public void TakesTheLastPartOfTheKey(string key, string name) => Assert.Equal("/tmp/scarnet/w/input/" + name, Place.InputFile(key));

    [Theory]
    [InlineData("folder/")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void RefusesWhatNoFileCanBeCalled(string key) => Assert.Throws<ScarException>(() => Place.InputFile(key));

    [Fact]
    public void NeverLeavesTheInputDirectory() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Elements("a.", "..", ".", "/", "\\", "~", " ", "é", "🎉", "\n", "x").ArrayOf().ToArbitrary(), parts =>
        {
            var key = string.Concat(parts);
            var usable = key.Length > 0 && !key.EndsWith('/');
            return !usable || Path.GetDirectoryName(Place.InputFile(key)) == Place.Input;
        }));

    [Theory]
    [InlineData("k", ".txt")]
    [InlineData("ü", ".fasta.gz")]
    [InlineData("🎉", "")]
    public void ShortensLongNamesAndKeepsTheExtension(string letter, string extension)
    {
        var key = string.Concat(Enumerable.Repeat(letter, 1000 / Encoding.UTF8.GetByteCount(letter))) + extension;

        var name = InputNames.FileNameOf(key);

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 240, 255);
        Assert.EndsWith(Path.GetExtension(extension), name, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', name);
    }

    [Fact]
    public void KeepsTwoLongNamesApart()
    {
        var start = new string('k', 1000);

        Assert.NotEqual(InputNames.FileNameOf(start + "1"), InputNames.FileNameOf(start + "2"));
    }
}
