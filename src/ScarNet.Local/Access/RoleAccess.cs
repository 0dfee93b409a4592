using System.Collections.Concurrent;
using ScarNet.Core;
using ScarNet.Core.Iam;
using ScarNet.Local.Iam;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Access;

/// <summary>
/// The engine's roles as far as they decide something: who may take them, what they allow, and the credentials of those who did. What it
/// reads it keeps in memory until IAM says that something has changed. Thread-safe.
/// </summary>
public sealed class RoleAccess(Database database, EngineCredentials credentials, EngineSettings settings)
{
    /// <summary>
    /// How long functions and jobs may use their credentials. Nothing renews them, and no job may lose them: they never leave this machine.
    /// </summary>
    private static readonly TimeSpan WorkTime = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, (long Version, KnownRole? Role)> read = new(StringComparer.OrdinalIgnoreCase);
    private long version;

    public RoleSessions Sessions { get; } = new(credentials);

    internal AwsPlace Place { get; } = AwsPlace.In(settings.Region, settings.Account) with { Partition = "aws" };

    /// <summary>IAM calls it after each change.</summary>
    internal void Changed() => Interlocked.Increment(ref version);

    /// <summary>A role by its name; null when there is none.</summary>
    internal KnownRole? Find(string name)
    {
        // What is read before a change and put in after it has the version from before, and is read again.
        var now = Interlocked.Read(ref version);
        if (!read.TryGetValue(name, out var kept) || kept.Version != now)
        {
            read[name] = kept = (now, Read(name));
        }

        return kept.Role;
    }

    /// <summary>A role by its ARN, path and all.</summary>
    internal KnownRole? Of(string? arn) =>
        arn is not null && Find(arn[(arn.LastIndexOf('/') + 1)..]) is { } role && Arn(role.Record) == arn ? role : null;

    internal string Arn(RoleRecord role) => Place.Role(role.Path, role.Name);

    internal string SessionArn(RoleSession session) => $"arn:{Place.Partition}:sts::{Place.Account}:assumed-role/{session.Role}/{session.Name}";

    /// <summary>Whether a service may take a role; also when the engine does not know it.</summary>
    /// <param name="arn">The role's.</param>
    /// <param name="service">Such as <c>lambda.amazonaws.com</c>.</param>
    internal bool MayTake(string? arn, string service) => Of(arn) is not { } role || role.Trusts([service], OfServices());

    /// <summary>The credentials of a function or job; null for the engine's own, as nobody has made the role.</summary>
    /// <param name="arn">The role's.</param>
    /// <param name="service">Which takes it.</param>
    /// <param name="name">Of the session.</param>
    /// <param name="function">ARN of the function; null for a job.</param>
    /// <exception cref="ScarException">The role does not trust the service.</exception>
    internal RoleSession? Work(string? arn, string service, string name, string? function = null)
    {
        if (Of(arn) is not { } role)
        {
            return null;
        }

        return role.Trusts([service], OfServices())
            ? Sessions.Begin(role.Record, name, settings.Clock.GetUtcNow() + WorkTime, function)
            : throw new ScarException(
                $"the role '{arn}' cannot be assumed by {service}", $"its trust policy must allow {service} to sts:AssumeRole ('scarnet iam' prints one that does)");
    }

    /// <summary>What keeps a service from doing something as a role, in AWS's words; null when nothing does.</summary>
    /// <param name="arn">The role's; one that nobody has made may do everything.</param>
    /// <param name="service">Which would take it.</param>
    /// <param name="name">Of the session.</param>
    /// <param name="requests">All that it takes.</param>
    internal string? Refusal(string? arn, string service, string name, params IEnumerable<AccessRequest> requests)
    {
        if (Of(arn) is not { } role)
        {
            return null;
        }

        if (!role.Trusts([service], OfServices()))
        {
            return $"{service} cannot assume the role '{arn}'";
        }

        var caller = Acting(role, name);
        return requests.FirstOrDefault(request => !caller.May(request)) is { } missing
            ? caller.Refusal(missing, caller.Decide(missing), Http.Protocol.Json).Message
            : null;
    }

    /// <summary>The first of what a service would do as a role that the role may not do; null when it may do everything, or nobody has made it.</summary>
    /// <param name="arn">The role's.</param>
    /// <param name="name">Of the session.</param>
    /// <param name="requests">All that it takes.</param>
    internal AccessRequest? Lacking(string? arn, string name, IEnumerable<AccessRequest> requests) =>
        Of(arn) is { } role ? requests.FirstOrDefault(request => !Acting(role, name).May(request)) : null;

    /// <summary>Who signs with a session's keys; null when its role is gone.</summary>
    internal Caller? Caller(RoleSession session) => Find(session.Role) is { } role && role.Record.Id == session.RoleId
        ? new(session, role, this)
        : null;

    private Caller Acting(KnownRole role, string name) => new(Sessions.Begin(role.Record, name, settings.Clock.GetUtcNow()), role, this);

    /// <summary>What AWS's services say of themselves when they take a role for an account.</summary>
    private Dictionary<string, IReadOnlyList<string>> OfServices() => new() { ["aws:SourceAccount"] = [Place.Account] };

    private KnownRole? Read(string name) => database.Read(connection =>
    {
        if (RoleStore.Find(connection, name) is not { } record)
        {
            return null;
        }

        var known = new KnownPolicies(settings.Account);
        var attached = PolicyStore.Attached(connection, record.Name).Select(arn => known.Document(connection, arn)).OfType<string>();
        var boundary = PolicyStore.Boundary(connection, record.Name) is { } arn ? known.Document(connection, arn) : null;
        return new KnownRole(
            record,
            PolicyReader.Read(record.Trust),
            [.. RoleStore.Policies(connection, record.Name).Values.Concat(attached).Select(PolicyReader.Read)],
            boundary is null ? null : PolicyReader.Read(boundary));
    });
}
