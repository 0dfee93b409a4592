using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Jobs;

namespace ScarNet.Tests.Jobs;

public class KeepingTheEndOfErrors
{
    [Fact]
    public void IsNothingWhenNothingWasWritten() => Assert.Null(new OutputTail().Text());

    [Fact]
    public void IsTheSameHoweverItComesInPieces()
    {
        var pieces = Gen.Choose(0, 6000).ArrayOf().Select(lengths => lengths.Take(20).Select(length => new byte[length]).ToArray());

        Prop.ForAll(Arb.From(pieces), parts =>
        {
            var tail = new OutputTail();
            byte next = 0;
            foreach (var part in parts)
            {
                for (var i = 0; i < part.Length; i++)
                {
                    part[i] = (byte)('a' + (next++ % 26));
                }

                tail.Add(part);
            }

            var all = Encoding.ASCII.GetString([.. parts.SelectMany(part => part)]);
            return tail.Text() == (all.Length == 0 ? null : all[Math.Max(0, all.Length - OutputTail.Bytes)..]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void IsTextWhateverTheBytes()
    {
        var tail = new OutputTail();
        tail.Add([0xFF, (byte)'a', 0xC3]);

        Assert.Equal("\uFFFDa\uFFFD", tail.Text());
    }

    [Fact]
    public void DoesNotBeginInsideACharacter()
    {
        var tail = new OutputTail();
        tail.Add(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("€", 4000)))); // three bytes each: the ring begins inside one

        Assert.DoesNotContain('\uFFFD', tail.Text()!);
        Assert.InRange(tail.Text()!.Length, (OutputTail.Bytes / 3) - 1, OutputTail.Bytes / 3);
    }
}
