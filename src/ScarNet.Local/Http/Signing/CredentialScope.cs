namespace ScarNet.Local.Http.Signing;

/// <summary>For what a signing key is: a day, a region and a service.</summary>
/// <param name="Date">yyyyMMdd</param>
/// <param name="Region">Such as us-east-1.</param>
/// <param name="Service">Such as s3.</param>
public sealed record CredentialScope(string Date, string Region, string Service)
{
    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>Splits <c>key/date/region/service/aws4_request</c>; the key may hold slashes.</summary>
    internal static bool TryParse(string credential, out string accessKey, out CredentialScope scope)
    {
        var parts = credential.Split('/');
        if (parts.Length < 5 || parts[^1] != "aws4_request")
        {
            accessKey = "";
            scope = new("", "", "");
            return false;
        }

        accessKey = string.Join('/', parts[..^4]);
        scope = new(parts[^4], parts[^3], parts[^2]);
        return true;
    }
}
