using System.Text;
using Microsoft.AspNetCore.Http;
using ScarNet.Local;
using ScarNet.Local.Access;
using ScarNet.Local.Iam;
using ScarNet.Local.Storage;

namespace ScarNet.Tests.Access;

/// <summary>Calls of IAM ask for what they go by, whatever else they name.</summary>
public sealed class AskingIam : IAsyncDisposable
{
    private const string Account = "arn:aws:iam::123456789012:";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("scarnet-iam-");
    private readonly Database database;

    public AskingIam() => database = Database.Open(Path.Join(directory.FullName, "db"), [IamApi.Schema]);

    [Theory]
    [InlineData("Action=GetRole&RoleName=r", "iam:GetRole " + Account + "role/r")]
    [InlineData("Action=CreateRole&RoleName=r&Path=/team/", "iam:CreateRole " + Account + "role/team/r")]
    [InlineData("Action=ListRoles&PathPrefix=/team/", "iam:ListRoles " + Account + "role/team/")]
    [InlineData("Action=AttachRolePolicy&RoleName=r&PolicyArn=arn:p", "iam:AttachRolePolicy " + Account + "role/r")]
    [InlineData("Action=CreatePolicy&PolicyName=p", "iam:CreatePolicy " + Account + "policy/p")]
    [InlineData("Action=CreatePolicy&PolicyName=other&PolicyArn=arn:mine", "iam:CreatePolicy " + Account + "policy/other")]
    [InlineData("Action=CreatePolicyVersion&PolicyArn=arn:other&RoleName=mine", "iam:CreatePolicyVersion arn:other")]
    [InlineData("Action=DeletePolicy&PolicyArn=arn:other&RoleName=mine", "iam:DeletePolicy arn:other")]
    [InlineData("\uFEFFAction=DeleteRole&RoleName=r", "iam: " + Account + "role/r")]
    public void ByWhatTheyGoBy(string body, string expected)
    {
        var settings = new EngineSettings { DataDirectory = directory.FullName, Region = "eu-west-1", Account = "123456789012" };
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));

        var asked = new IamActions(new RoleAccess(database, new("key", "secret"), settings)).Of(context).Single();

        Assert.Equal(expected, $"{asked.Action} {asked.Resource}");
        Assert.Equal(expected.Split(' ')[0], $"iam:{IamForm.Read(context)["Action"]}"); // the service reads the same
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        directory.Delete(recursive: true);
    }
}
