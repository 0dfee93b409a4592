using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ScarNet.Core.Iam;

/// <summary>A policy of AWS IAM, of version 2012-10-17.</summary>
public sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    /// <summary>The version that knows variables. Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html</summary>
    public const string Version = "2012-10-17";

    /// <summary>
    /// Most characters of all inline policies of a role together, white space not counted. Source:
    /// docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    /// </summary>
    public const int MaxInlineCharacters = 10_240;

    /// <summary>As AWS takes it.</summary>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        // A policy is no HTML: '+', '<' and letters of any language stay as they are.
        var options = new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Version", Version);
        json.WriteStartArray("Statement");
        foreach (var statement in Statements)
        {
            Write(json, statement);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyStatement statement)
    {
        json.WriteStartObject();
        if (statement.Sid.Length > 0)
        {
            json.WriteString("Sid", statement.Sid);
        }

        json.WriteString("Effect", statement.Denies ? "Deny" : "Allow");
        if (statement.Services.Count > 0)
        {
            json.WriteStartObject("Principal");
            Write(json, "Service", statement.Services);
            json.WriteEndObject();
        }

        Write(json, "Action", statement.Actions);
        Write(json, "NotAction", statement.NotActions);
        Write(json, "Resource", statement.Resources);
        Write(json, "NotResource", statement.NotResources);
        if (statement.Conditions.Count > 0)
        {
            json.WriteStartObject("Condition");
            foreach (var conditions in statement.Conditions.GroupBy(condition => condition.Operator))
            {
                json.WriteStartObject(conditions.Key);
                foreach (var condition in conditions)
                {
                    Write(json, condition.Key, condition.Values);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        switch (values)
        {
            case []:
                break;
            case [var one]:
                json.WriteString(name, one);
                break;
            default:
                json.WriteStartArray(name);
                foreach (var value in values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
                break;
        }
    }
}
