using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace ScarNet.Local.Lambda;

/// <summary>Versions and aliases of a function, as changes of its record.</summary>
internal static class FunctionVersions
{
    /// <summary>The function by a version or alias: that version's code and settings, and of policy and retries what is the qualifier's own.</summary>
    /// <param name="function">The whole function.</param>
    /// <param name="qualifier">$LATEST, a number or an alias; null is the function without.</param>
    /// <returns>Null when there is no such version or alias.</returns>
    public static FunctionRecord? At(FunctionRecord function, string? qualifier)
    {
        if (qualifier is null or FunctionName.Latest)
        {
            // One has retries for both, and lets nobody call it as $LATEST.
            return function with { Qualifier = qualifier, Policy = qualifier is null ? function.Policy : [] };
        }

        var number = function.Aliases.GetValueOrDefault(qualifier)?.FunctionVersion ?? qualifier;
        if (Version(function, number) is not { } version)
        {
            return null;
        }

        var own = SettingsOf(function, qualifier);
        return version with
        {
            Qualifier = qualifier,
            Tags = function.Tags,
            ReservedConcurrency = function.ReservedConcurrency,
            Policy = own.Policy,
            EventInvoke = own.EventInvoke,
        };
    }

    /// <summary>A version by its number or $LATEST; null when there is none.</summary>
    public static FunctionRecord? Version(FunctionRecord function, string number) =>
        number == FunctionName.Latest ? function : function.Versions.FirstOrDefault(version => version.Version == number);

    /// <summary>The newest version, by its number; only of a function that has one.</summary>
    public static FunctionRecord Last(FunctionRecord function) => function.Versions[^1] with { Qualifier = function.Versions[^1].Version };

    /// <summary>Sorts as the numbers do, $LATEST first.</summary>
    public static string Order(FunctionRecord version) => version.Version == FunctionName.Latest ? "" : version.Version.PadLeft(10, '0');

    /// <summary>Publishes $LATEST, unless the last one published is the same.</summary>
    /// <param name="function">The whole function.</param>
    /// <param name="description">Of the version; null takes the function's.</param>
    /// <param name="now">When.</param>
    /// <returns>The function whose last version is the one that was asked for.</returns>
    public static FunctionRecord Publish(FunctionRecord function, string? description, DateTimeOffset now)
    {
        var content = Content(function);
        if (function.Versions is [.., var last] && last.Version == Text(function.LastVersion) && last.PublishedFrom == content)
        {
            return function;
        }

        var number = function.LastVersion + 1;
        var version = Bare(function) with
        {
            Version = Text(number),
            Description = description ?? function.Description,
            PublishedFrom = content,
            LastModified = now,
            RevisionId = Guid.NewGuid().ToString(),
            DeploymentId = Guid.NewGuid().ToString(),
        };
        return function with { Versions = [.. function.Versions, version], LastVersion = number };
    }

    /// <summary>Takes a version away with what is said of it.</summary>
    /// <exception cref="Http.ApiException">An alias stands for it.</exception>
    public static FunctionRecord Without(FunctionRecord function, string number)
    {
        var users = function.Aliases.Where(alias => alias.Value.FunctionVersion == number).Select(alias => alias.Key).Order(StringComparer.Ordinal).ToList();
        return users.Count > 0
            ? throw LambdaFault.Exists($"Unable to delete version because the following aliases reference it: [{string.Join(", ", users)}]")
            : function with { Versions = [.. function.Versions.Where(version => version.Version != number)], Qualified = Without(function.Qualified, number) };
    }

    public static FunctionRecord WithAlias(FunctionRecord function, string name, FunctionAlias alias) =>
        function with { Aliases = new Dictionary<string, FunctionAlias>(function.Aliases) { [name] = alias } };

    /// <summary>Takes an alias away with what is said of it; one that is not there is no error.</summary>
    public static FunctionRecord WithoutAlias(FunctionRecord function, string name) =>
        function with { Aliases = Without(function.Aliases, name), Qualified = Without(function.Qualified, name) };

    /// <summary>Changes what is said of a qualifier alone.</summary>
    /// <param name="function">The whole function.</param>
    /// <param name="qualifier">Null and $LATEST are the function itself.</param>
    /// <param name="change">Called once.</param>
    /// <exception cref="Http.ApiException">The version or alias has gone.</exception>
    public static FunctionRecord Change(FunctionRecord function, string? qualifier, Func<QualifierSettings, QualifierSettings> change)
    {
        if (qualifier is null or FunctionName.Latest)
        {
            var whole = change(new(function.Policy, function.EventInvoke));
            return function with { Policy = whole.Policy, EventInvoke = whole.EventInvoke };
        }

        return At(function, qualifier) is null
            ? throw LambdaFault.NotFound($"{function.Arn}:{qualifier}")
            : function with
            {
                Qualified = new Dictionary<string, QualifierSettings>(function.Qualified) { [qualifier] = change(SettingsOf(function, qualifier)) },
            };
    }

    private static QualifierSettings SettingsOf(FunctionRecord function, string qualifier) =>
        function.Qualified.GetValueOrDefault(qualifier) ?? new([], null);

    private static Dictionary<string, T> Without<T>(IReadOnlyDictionary<string, T> map, string name) =>
        map.Where(pair => pair.Key != name).ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Code and configuration alone.</summary>
    private static FunctionRecord Bare(FunctionRecord function) => function with
    {
        Qualifier = null,
        Versions = [],
        LastVersion = 0,
        Aliases = new Dictionary<string, FunctionAlias>(),
        Qualified = new Dictionary<string, QualifierSettings>(),
        Policy = [],
        EventInvoke = null,
        Tags = new Dictionary<string, string>(),
        ReservedConcurrency = null,
    };

    private static string Content(FunctionRecord function) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        Bare(function) with
        {
            Environment = new SortedDictionary<string, string>(function.Environment.ToDictionary(), StringComparer.Ordinal).ToDictionary(),
            Untouched = function.Untouched.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            LastModified = default,
            RevisionId = "",
            DeploymentId = "",
        },
        FunctionJson.Default.FunctionRecord)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
