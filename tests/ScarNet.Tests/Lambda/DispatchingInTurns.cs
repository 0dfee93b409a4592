using ScarNet.Local.Lambda;

namespace ScarNet.Tests.Lambda;

public sealed class DispatchingInTurns
{
    private readonly Lanes lanes = new();

    [Fact]
    public void GivesEachFunctionItsTurnOldestFirst()
    {
        Offer("a", 1, 2, 3);
        Offer("b", 7, 8);

        var started = Enumerable.Range(0, 5).Select(_ => Start()).ToList();

        Assert.Equal([("a", 1), ("b", 7), ("a", 2), ("b", 8), ("a", 3)], started);
    }

    [Fact]
    public void PassesOverAFunctionWithoutRoom()
    {
        Offer("a", 1);
        Offer("b", 7);

        Assert.Equal("b", lanes.Choose(arn => arn != "a"));
        Assert.Null(lanes.Choose(_ => false));
    }

    [Fact]
    public void NeverOffersWhatIsBeingWorkedOn()
    {
        Offer("a", 1, 2);
        Start();
        Start();

        Offer("a", 1, 2, 3);

        Assert.Equal(("a", 3), Start());
        Assert.Null(lanes.Choose(_ => true));
    }

    private void Offer(string arn, params long[] ids)
    {
        lanes.Wanting([arn]);
        lanes.Fill(arn, [.. ids], most: 64);
    }

    private (string Arn, long Id) Start()
    {
        var arn = lanes.Choose(_ => true)!;
        return (arn, lanes.Start(arn));
    }
}
