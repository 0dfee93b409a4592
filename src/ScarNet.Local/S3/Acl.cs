using System.Xml;
using Microsoft.AspNetCore.Http;

namespace ScarNet.Local.S3;

/// <summary>Access control lists, which say one thing only: the owner may do everything.</summary>
internal static class Acl
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    public static Task Answer(S3Request request, Owner owner) => Xml.Answer(request.Context, "AccessControlPolicy", writer =>
    {
        owner.Write(writer);
        writer.Element("AccessControlList", list => list.Element("Grant", grant => WriteGrant(grant, owner)));
    });

    /// <summary>Takes an ACL that says what holds anyway, and refuses every other one, as S3 does where ACLs are off.</summary>
    public static async Task Accept(S3Request request, Owner owner)
    {
        if (await Xml.Read(request.Context) is { } document)
        {
            var grants = document.Descendants().Where(e => e.Name.LocalName == "Grant").ToList();
            if (grants.Count != 1
                || grants[0].Child("Permission") != "FULL_CONTROL"
                || grants[0].Children("Grantee").FirstOrDefault()?.Child("ID") != owner.Id)
            {
                throw RequestCheck.AclRefused();
            }
        }

        await request.Done(StatusCodes.Status200OK);
    }

    private static void WriteGrant(XmlWriter writer, Owner owner)
    {
        writer.WriteStartElement("Grantee", Xml.Namespace);
        writer.WriteAttributeString("xmlns", "xsi", null, Instance);
        writer.WriteAttributeString("xsi", "type", Instance, "CanonicalUser");
        writer.Element("ID", owner.Id);
        writer.Element("DisplayName", "scarnet");
        writer.WriteEndElement();
        writer.Element("Permission", "FULL_CONTROL");
    }
}
