using Microsoft.Data.Sqlite;
using ScarNet.Core.Functions;
using ScarNet.Local.Lambda;

namespace ScarNet.Local.Delivery;

/// <summary>Hands what services send to functions, in the transaction of what caused it: neither is ever without the other.</summary>
/// <param name="queue">Takes invocations of functions.</param>
/// <param name="mayInvoke">Whether a function (its ARN) is there and lets a sender call it; null when it is not there.</param>
/// <param name="clock">The time.</param>
internal sealed class Destinations(AsyncQueue queue, Func<string, Sender, bool?> mayInvoke, TimeProvider clock)
{
    /// <summary>Services that something can be sent to.</summary>
    public static bool Knows(string arn) => Arn.Parse(arn) is { Service: "lambda" };

    /// <param name="db">The write.</param>
    /// <param name="sender">Who sends.</param>
    /// <param name="arn">To whom.</param>
    /// <param name="message">What.</param>
    /// <returns>Null when it is on its way.</returns>
    public Undelivered? Send(SqliteConnection db, Sender sender, string arn, Message message)
    {
        if (Arn.Parse(arn) is not { Service: "lambda" })
        {
            return Undelivered.Missing(arn);
        }

        switch (mayInvoke(arn, sender))
        {
            case null:
                return Undelivered.Missing(arn);
            case false:
                return Undelivered.NotAllowed(arn, sender);
            default:
                AsyncQueue.Enqueue(db, arn, message.Body, clock.GetUtcNow());
                return null;
        }
    }

    /// <summary>After the commit: there may be something to do.</summary>
    public void Signal() => queue.Signal();
}
