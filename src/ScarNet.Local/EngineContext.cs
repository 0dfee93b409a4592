using ScarNet.Local.Access;
using ScarNet.Local.Secrets;
using ScarNet.Local.Storage;

namespace ScarNet.Local;

/// <summary>What every service of a running engine may rely on.</summary>
public sealed record EngineContext
{
    public required EngineSettings Settings { get; init; }

    public required DataDirectory Directory { get; init; }

    public required Database Database { get; init; }

    /// <summary>http://127.0.0.1:port</summary>
    public required Uri Endpoint { get; init; }

    public required EngineCredentials Credentials { get; init; }

    /// <summary>What functions, jobs and others who took a role may do.</summary>
    public required RoleAccess Roles { get; init; }

    /// <summary>Secrets and parameters.</summary>
    internal SecretFiles Secrets => secrets ??= new(Directory);

    private SecretFiles? secrets;

    /// <summary>Asks the engine's owner to stop it; returns at once.</summary>
    public required Action RequestStop { get; init; }
}
