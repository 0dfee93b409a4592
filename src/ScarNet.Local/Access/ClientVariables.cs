namespace ScarNet.Local.Access;

/// <summary>The variables by which AWS's clients find the engine and their credentials.</summary>
internal static class ClientVariables
{
    public const string AccessKey = "AWS_ACCESS_KEY_ID";
    public const string Token = "AWS_SESSION_TOKEN";

    /// <param name="context">The engine.</param>
    /// <param name="session">Whose credentials; null for the engine's own.</param>
    public static Dictionary<string, string> Of(EngineContext context, RoleSession? session)
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = context.Endpoint.GetLeftPart(UriPartial.Authority),
            [AccessKey] = session?.AccessKey ?? context.Credentials.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = session?.SecretKey ?? context.Credentials.SecretKey,
            ["AWS_REGION"] = context.Settings.Region,
            ["AWS_DEFAULT_REGION"] = context.Settings.Region,
        };
        if (session is not null)
        {
            variables[Token] = session.Token;
        }

        return variables;
    }
}
