using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Access;

/// <summary>A role that somebody has taken for a while, and the temporary credentials that show it.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="RoleId">AROA…: a role that was made anew under the same name is another one.</param>
/// <param name="Name">Of the session.</param>
/// <param name="Expires">From then on the credentials are refused.</param>
/// <param name="AccessKey">ASIA….</param>
/// <param name="SecretKey">What requests are signed with.</param>
/// <param name="Token">Must come along with every request.</param>
/// <param name="Function">ARN of the Lambda function that acts; null for everybody else.</param>
public sealed record RoleSession(
    string Role, string RoleId, string Name, DateTimeOffset Expires, string AccessKey, string SecretKey, string Token, string? Function)
{
    /// <summary>Keys for signatures.</summary>
    internal SigningKeys Keys { get; } = new(SecretKey);
}
