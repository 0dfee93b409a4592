using ScarNet.Local.Lambda;
using ScarNet.Local.Sns;
using ScarNet.Local.Sqs;

namespace ScarNet.Local.Delivery;

/// <summary>What things can be sent to.</summary>
/// <param name="Invocations">Takes invocations of functions.</param>
/// <param name="MayInvoke">Whether a function (its ARN) lets a sender call it; null when it is not there.</param>
/// <param name="Queues">How queues are called.</param>
/// <param name="Arrivals">Told of messages.</param>
/// <param name="Topics">Topics.</param>
/// <param name="Sent">Told when something may be for web servers.</param>
internal sealed record DestinationParts(
    AsyncQueue Invocations, Func<string, Sender, bool?> MayInvoke, QueueNames Queues, Arrivals Arrivals, Topics Topics, Action Sent)
{
    public bool IsThere(string functionArn) => MayInvoke(functionArn, new Sender("", "")) is not null;
}
