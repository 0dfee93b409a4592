using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace ScarNet.Local.S3;

/// <summary>The one owner of everything, in S3's terms.</summary>
/// <param name="Account">Twelve digits.</param>
internal sealed record Owner(string Account)
{
    /// <summary>A canonical user id: 64 hex digits, the same for an account always.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("scarnet:" + Account)));

    public void Write(XmlWriter writer, string element = "Owner") => writer.Element(element, owner =>
    {
        owner.Element("ID", Id);
        owner.Element("DisplayName", "scarnet");
    });
}
