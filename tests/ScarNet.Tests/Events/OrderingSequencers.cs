using FsCheck;
using FsCheck.Fluent;
using ScarNet.Core.Events;

namespace ScarNet.Tests.Events;

public class OrderingSequencers
{
    private static readonly Arbitrary<string> Sequencers =
        Gen.Elements("0123456789ABCDEFabcdef".ToCharArray()).ArrayOf().Select(digits => new string(digits)).ToArbitrary();

    [Fact]
    public void PadsTheShorterWithZerosOnTheRight()
    {
        var order = Prop.ForAll(Sequencers, Sequencers, (a, b) => Math.Sign(Sequencer.Compare(a, b)) == Math.Sign(Padded(a, b)));

        Check.One(Config.QuickThrowOnFailure, order);
    }

    [Fact]
    public void IsATotalOrder()
    {
        var order = Prop.ForAll(Sequencers, Sequencers, Sequencers, (a, b, c) =>
            (Sequencer.Compare(a, b) > 0 || Sequencer.Compare(b, c) > 0 || Sequencer.Compare(a, c) <= 0)
            && Math.Sign(Sequencer.Compare(a, b)) == -Math.Sign(Sequencer.Compare(b, a)));

        Check.One(Config.QuickThrowOnFailure, order);
    }

    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E6", -1)]
    [InlineData("0055AED6", "0055AED600", 0)]
    [InlineData("0055aed6", "0055AED6", 0)]
    [InlineData("00B", "00A1", 1)]
    public void ComparesTheseAs(string a, string b, int sign) => Assert.Equal(sign, Math.Sign(Sequencer.Compare(a, b)));

    private static int Padded(string a, string b)
    {
        var length = Math.Max(a.Length, b.Length);
        return string.CompareOrdinal(
            a.ToUpperInvariant().PadRight(length, '0'), b.ToUpperInvariant().PadRight(length, '0'));
    }
}
