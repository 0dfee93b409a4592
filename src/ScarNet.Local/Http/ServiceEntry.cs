using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.Http;

/// <summary>One service of the engine.</summary>
/// <param name="Scope">Its name in the credential scope of a signature.</param>
/// <param name="Protocol">How its errors look.</param>
/// <param name="Handle">Answers one verified request. It may throw <see cref="ApiException"/>.</param>
public sealed record ServiceEntry(string Scope, Protocol Protocol, RequestDelegate Handle);
