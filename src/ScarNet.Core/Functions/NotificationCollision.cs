namespace ScarNet.Core.Functions;

/// <summary>An entry of ours and one of somebody else's that would both be told of an object.</summary>
/// <param name="Ours">The entry <c>init</c> wants to write.</param>
/// <param name="Theirs">The entry that is there already.</param>
/// <param name="Key">A key that both take.</param>
public sealed record NotificationCollision(NotificationEntry Ours, NotificationEntry Theirs, string Key);
