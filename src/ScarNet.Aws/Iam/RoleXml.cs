using System.Xml.Linq;
using ScarNet.Aws.Http;
using ScarNet.Aws.Iam.Model;

namespace ScarNet.Aws.Iam;

/// <summary>Roles as IAM writes them.</summary>
internal static class RoleXml
{
    public static Role Role(XElement role) => new()
    {
        RoleName = XmlAnswer.Text(role, "RoleName"),
        Path = XmlAnswer.Text(role, "Path"),
        Arn = XmlAnswer.Text(role, "Arn"),
        AssumeRolePolicyDocument = XmlAnswer.Policy(role, "AssumeRolePolicyDocument"),
        PermissionsBoundary = Boundary(role),
        Tags = XmlAnswer.Members(role, "Tags").ToDictionary(tag => XmlAnswer.Text(tag, "Key") ?? "", tag => XmlAnswer.Text(tag, "Value") ?? ""),
    };

    public static RoleDetail Detail(XElement role) => new()
    {
        RoleName = XmlAnswer.Text(role, "RoleName"),
        Arn = XmlAnswer.Text(role, "Arn"),
        AssumeRolePolicyDocument = XmlAnswer.Policy(role, "AssumeRolePolicyDocument"),
        PermissionsBoundary = Boundary(role),
        RolePolicyList = XmlAnswer.Members(role, "RolePolicyList").ToDictionary(policy => XmlAnswer.Text(policy, "PolicyName") ?? "", policy => XmlAnswer.Policy(policy, "PolicyDocument") ?? ""),
        Tags = XmlAnswer.Members(role, "Tags").ToDictionary(tag => XmlAnswer.Text(tag, "Key") ?? "", tag => XmlAnswer.Text(tag, "Value") ?? ""),
    };

    private static AttachedPermissionsBoundary? Boundary(XElement role) => XmlAnswer.Child(role, "PermissionsBoundary") is { } boundary
        ? new() { PermissionsBoundaryArn = XmlAnswer.Text(boundary, "PermissionsBoundaryArn") }
        : null;
}
