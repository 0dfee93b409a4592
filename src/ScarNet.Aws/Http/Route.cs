using Amazon.Runtime.Internal;

namespace ScarNet.Aws.Http;

/// <summary>Method, path, query and headers of one REST call.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path; <c>{Label}</c> stands for a value that <see cref="Label"/> gives and the SDK escapes.</param>
internal sealed class Route(string method, string path)
{
    private readonly List<(string Name, string Value)> labels = [];
    private readonly List<(string Name, string Value)> query = [];
    private readonly List<(string Name, string Value)> headers = [];

    public Route Label(string name, string? value)
    {
        labels.Add(("{" + name + "}", value is { Length: > 0 } ? value : throw new ArgumentException($"the request lacks its {name}", nameof(value))));
        return this;
    }

    /// <summary>A null value is left out.</summary>
    public Route Query(string name, string? value) => Add(query, name, value);

    /// <inheritdoc cref="Query"/>
    public Route Header(string name, string? value) => Add(headers, name, value);

    public void Fill(IRequest http)
    {
        http.HttpMethod = method;
        http.ResourcePath = path;
        labels.ForEach(l => http.AddPathResource(l.Name, l.Value));
        headers.ForEach(h => http.Headers[h.Name] = h.Value);
        http.UseQueryString = query.Count > 0;
        foreach (var values in query.GroupBy(q => q.Name, q => q.Value))
        {
            http.ParameterCollection.Add(values.Key, [.. values]);
        }
    }

    private Route Add(List<(string Name, string Value)> list, string name, string? value)
    {
        if (value is not null)
        {
            list.Add((name, value));
        }

        return this;
    }
}
