using System.Text;

namespace ScarNet.Aws.Http;

/// <summary>The form of one call of the query protocol. Members that are null are left out.</summary>
internal sealed class QueryForm
{
    private readonly StringBuilder text = new();

    public QueryForm(string action, string version)
    {
        Add("Action", action);
        Add("Version", version);
    }

    public QueryForm Add(string name, string? value)
    {
        if (value is not null)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryForm Add(string name, IReadOnlyDictionary<string, string>? tags)
    {
        var i = 0;
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            i++;
            Add($"{name}.member.{i}.Key", key).Add($"{name}.member.{i}.Value", value);
        }

        return this;
    }

    public QueryForm Add(string name, IReadOnlyList<string>? values)
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
        {
            Add($"{name}.member.{i + 1}", values![i]);
        }

        return this;
    }

    public byte[] Bytes() => Encoding.UTF8.GetBytes(text.ToString());
}
