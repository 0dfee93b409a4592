namespace ScarNet.EndToEnd.Deploy;

/// <summary>A clock that is an hour ahead: what was made just now is not young any more.</summary>
internal sealed class HourLater : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromHours(1);
}
