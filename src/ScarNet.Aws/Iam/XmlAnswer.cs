using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime.Internal;
using ScarNet.Aws.Http;
using ScarNet.Aws.Iam.Model;

namespace ScarNet.Aws.Iam;

/// <summary>Answers of the query protocol: XML, policies in it URL-encoded.</summary>
internal static class XmlAnswer
{
    /// <summary>The <c>…Result</c> of an answer; the answer itself when it has none.</summary>
    public static XElement Of(AnswerBody body)
    {
        using var bytes = body.Bytes();
        var root = XDocument.Load(bytes).Root!;
        return root.Elements().FirstOrDefault(e => e.Name.LocalName.EndsWith("Result", StringComparison.Ordinal)) ?? root;
    }

    /// <summary>An error; null when the text is none.</summary>
    public static ErrorResponse? Error(Stream body)
    {
        try
        {
            var root = XDocument.Load(body).Root;
            var error = root is null ? null : Child(root, "Error");
            return error is null ? null : new ErrorResponse
            {
                Code = Text(error, "Code"),
                Message = Text(error, "Message"),
                RequestId = Text(root!, "RequestId"),
            };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    public static string? Text(XElement element, string name) => Child(element, name)?.Value;

    public static IEnumerable<XElement> Members(XElement element, string name) => Child(element, name)?.Elements() ?? [];

    /// <summary>What asks for the next page.</summary>
    public static string? Marker(XElement result) => Text(result, "IsTruncated") == "true" ? Text(result, "Marker") : null;

    public static string? Policy(XElement element, string name) => Text(element, name) is { } text ? Uri.UnescapeDataString(text) : null;

    public static Role Role(XElement role) => new()
    {
        RoleName = Text(role, "RoleName"),
        Path = Text(role, "Path"),
        Arn = Text(role, "Arn"),
        AssumeRolePolicyDocument = Policy(role, "AssumeRolePolicyDocument"),
        Tags = Members(role, "Tags").ToDictionary(tag => Text(tag, "Key") ?? "", tag => Text(tag, "Value") ?? ""),
    };

    public static RoleDetail RoleDetail(XElement role) => new()
    {
        RoleName = Text(role, "RoleName"),
        Arn = Text(role, "Arn"),
        AssumeRolePolicyDocument = Policy(role, "AssumeRolePolicyDocument"),
        RolePolicyList = Members(role, "RolePolicyList").ToDictionary(policy => Text(policy, "PolicyName") ?? "", policy => Policy(policy, "PolicyDocument") ?? ""),
        Tags = Members(role, "Tags").ToDictionary(tag => Text(tag, "Key") ?? "", tag => Text(tag, "Value") ?? ""),
    };
}
