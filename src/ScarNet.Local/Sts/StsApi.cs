using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using ScarNet.Local.Http;
using ScarNet.Local.Http.Signing;

namespace ScarNet.Local.Sts;

/// <summary>STS, of which GetCallerIdentity is what clients ask of a local cloud: query protocol, version 2011-06-15.</summary>
public sealed class StsApi(string account)
{
    private static readonly XNamespace Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public async Task Handle(HttpContext context)
    {
        var action = await Action(context);
        if (action != "GetCallerIdentity")
        {
            throw new ApiException(400, "InvalidAction", $"Could not find operation {action} for version 2011-06-15");
        }

        var answer = new XElement(
            Namespace + "GetCallerIdentityResponse",
            new XElement(
                Namespace + "GetCallerIdentityResult",
                new XElement(Namespace + "Arn", $"arn:aws:iam::{account}:user/scarnet-local"),
                new XElement(Namespace + "UserId", SignedRequest.Of(context).AccessKey),
                new XElement(Namespace + "Account", account)),
            new XElement(Namespace + "ResponseMetadata", new XElement(Namespace + "RequestId", RequestId.Of(context))));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>From the form, or from the query of a presigned GET.</summary>
    private static async Task<string> Action(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<RequestTarget>().Query["Action"] is { } named)
        {
            return named;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync(context.RequestAborted));
        return form.TryGetValue("Action", out var action) ? action.ToString() : "(none)";
    }
}
