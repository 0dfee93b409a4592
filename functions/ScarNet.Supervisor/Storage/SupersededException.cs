using ScarNet.Core.Events;

namespace ScarNet.Supervisor.Storage;

/// <summary>The object is gone or was replaced before it was read: its newer version has an event of its own.</summary>
#pragma warning disable CA1032 // it always says what happened to what
internal sealed class SupersededException(ObjectPath source, Exception inner) : Exception($"'{source}' is gone or was replaced", inner);
