using System.Text;
using ScarNet.Local.Http;

namespace ScarNet.Local.S3.Listing;

/// <summary>How keys are written into a listing: as they are, or percent-encoded where the client asked so (encoding-type=url).</summary>
internal sealed record KeyNames(bool Encoded)
{
    /// <exception cref="ApiException">Another encoding is asked for.</exception>
    public static KeyNames Of(S3Request request) => request.Query["encoding-type"] switch
    {
        null => new KeyNames(false),
        "url" => new KeyNames(true),
        var other => throw S3Errors.Invalid("Invalid Encoding Method specified in Request", "encoding-type", other),
    };

    public string Encode(string key) => Encoded ? UriText.Encode(key, keepSlash: true) : key;

    public string Encode(byte[] key) => Encode(Encoding.UTF8.GetString(key));
}
