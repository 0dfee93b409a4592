using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ScarNet.Local.Delivery;
using ScarNet.Local.Http;
using ScarNet.Local.Storage;

namespace ScarNet.Local.Sns;

/// <summary>SNS with standard topics: query protocol, version 2010-03-31.</summary>
internal sealed class SnsApi(Database database, Topics topics, Destinations destinations, Uri endpoint, string account, TimeProvider clock)
{
    public const string Schema = TopicStore.Schema + WebDelivery.Schema;

    private readonly TopicsApi topicsApi = new(database, topics, destinations, account, clock);
    private readonly SubscriptionsApi subscriptions = new(database, topics, destinations, endpoint, account, clock);

    public async Task Handle(HttpContext context)
    {
        var form = SnsForm.Read(Access.RequestBody.Bytes(context));
        var action = form["Action"] ?? "(none)";
        await Write(context, action, await Answer(action, form, context.RequestAborted));
    }

    /// <summary>What the SubscribeURL of a web server's subscription leads to.</summary>
    public async Task Confirm(HttpContext context)
    {
        var token = context.Features.GetRequiredFeature<RequestTarget>().RawPath[SubscriptionsApi.ConfirmPrefix.Length..];
        await Write(context, "ConfirmSubscription", await subscriptions.Confirm(token, null, context.RequestAborted));
    }

    private static async Task Write(HttpContext context, string action, IReadOnlyList<XElement> result)
    {
        var answer = SnsXml.Element(
            $"{action}Response",
            SnsXml.Element($"{action}Result", [.. result]),
            SnsXml.Element("ResponseMetadata", SnsXml.Element("RequestId", RequestId.Of(context))));
        var body = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentType = "text/xml";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<IReadOnlyList<XElement>> Answer(string action, SnsForm form, CancellationToken cancellation) => action switch
    {
        "CreateTopic" => await topicsApi.Create(form, cancellation),
        "DeleteTopic" => await topicsApi.Delete(form, cancellation),
        "ListTopics" => topicsApi.List(form),
        "GetTopicAttributes" => topicsApi.Describe(form),
        "SetTopicAttributes" => await topicsApi.Set(form, cancellation),
        "TagResource" => await topicsApi.Tag(form, cancellation),
        "UntagResource" => await topicsApi.Untag(form, cancellation),
        "ListTagsForResource" => topicsApi.ListTags(form),
        "Publish" => await topicsApi.Publish(form, cancellation),
        "Subscribe" => await subscriptions.Subscribe(form, cancellation),
        "ConfirmSubscription" => await subscriptions.Confirm(form["Token"], form.Required("TopicArn"), cancellation),
        "Unsubscribe" => await subscriptions.Unsubscribe(form, cancellation),
        "ListSubscriptions" => subscriptions.List(form, null),
        "ListSubscriptionsByTopic" => subscriptions.List(form, form.Required("TopicArn")),
        "GetSubscriptionAttributes" => subscriptions.Describe(form),
        "SetSubscriptionAttributes" => await subscriptions.Set(form, cancellation),
        _ => throw new ApiException(400, "InvalidAction", $"The action {action} is not valid for this endpoint: the local engine does not have it."),
    };
}
