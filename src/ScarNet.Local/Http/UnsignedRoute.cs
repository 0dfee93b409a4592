using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http;

/// <summary>Paths that need no signature because they hold a secret of their own: Lambda's Runtime API.</summary>
/// <param name="Prefix">Begin of the raw path, ending in '/'. No bucket can have such a name.</param>
/// <param name="Handle">Answers a request; it checks the secret.</param>
public sealed record UnsignedRoute(string Prefix, RequestDelegate Handle);
