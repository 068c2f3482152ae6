using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class HiddenSecretTests
{
    [TestCase("Key", "listKeys", """{"primaryKey":"first-key","secondaryKey":"second-key"}""", "first-key", "second-key")]
    [TestCase("AMLToken", "token", """{"accessToken":"the-token","expiryTimeUtc":1900000000}""", "the-token")]
    public async Task Whatever_opens_an_endpoint_is_hidden_before_anybody_has_it(
        string mode, string action, string answer, params string[] secrets)
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", authMode: mode))
            .On("POST", $"/onlineEndpoints/heart/{action}", 200, answer);

        await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);

        Assert.That(test.Mask.Hidden, Is.SupersetOf(secrets));
    }

    [Test]
    public async Task The_callers_own_token_is_hidden_when_ARM_is_asked()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 404, Arm.Error("NotFound", "no"));

        await Assert.ThatAsync(() => test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None), Throws.Exception);

        Assert.That(test.Mask.Hidden, Has.Some.EqualTo(FakeCredential.Token));
    }

    [Test]
    public async Task A_key_that_was_regenerated_is_hidden_like_the_one_before()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On(
                "POST",
                "/onlineEndpoints/heart/listKeys",
                _ => Keys("old"),
                _ => Keys("old"),
                _ => Keys("new"))
            .On("POST", "/regenerateKeys", 202, "", ("Azure-AsyncOperation", Arm.PollUri), ("Location", Arm.PollUri));
        test.OperationSucceeds();

        await test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Secondary, progress: null, CancellationToken.None);

        Assert.That(test.Mask.Hidden, Is.SupersetOf(new[] { "first", "second-old", "second-new" }));
    }

    private static HttpResponseMessage Keys(string which) =>
        ScriptedService.Answer(200, $$"""{"primaryKey":"first","secondaryKey":"second-{{which}}"}""");
}
