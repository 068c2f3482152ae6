using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>
/// What opens an endpoint. The endpoint has no deployment: a request that is let in is answered with 404, as there is nothing to score it.
/// </summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EndpointAccessTests
{
    private const string Path = "onlineEndpoints/heart";
    private const HttpStatusCode LetIn = HttpStatusCode.NotFound;
    private const HttpStatusCode Refused = HttpStatusCode.Unauthorized;

    private readonly SettableTime _time = new();
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync(time: _time);

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase("Secondary")]
    [TestCase("primary")]
    public async Task After_a_regeneration_the_old_key_is_refused_and_the_other_one_is_not(string type)
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody());
        var (primary, secondary) = await KeysAsync();

        var started = await Arm.PostAsync($"{Path}/regenerateKeys", new JsonObject { ["keyType"] = type });
        var end = await Arm.EndOfAsync(started);

        var (newPrimary, newSecondary) = await KeysAsync();
        var isPrimary = type == "primary";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(started.Status, Is.EqualTo(HttpStatusCode.Accepted), started.Text);
            Assert.That(started.Header("Location"), Does.Contain("/mfeOperationResults/oe:"));
            Assert.That(started.Header("Retry-After"), Is.Not.Null);
            Assert.That((string?)end["status"], Is.EqualTo("Succeeded"));
            Assert.That(newPrimary == primary, Is.EqualTo(!isPrimary));
            Assert.That(newSecondary == secondary, Is.EqualTo(isPrimary));
            Assert.That((await ScoreAsync(primary)).Status, Is.EqualTo(isPrimary ? Refused : LetIn));
            Assert.That((await ScoreAsync(secondary)).Status, Is.EqualTo(isPrimary ? LetIn : Refused));
            Assert.That((await ScoreAsync(newPrimary)).Status, Is.EqualTo(LetIn));
            Assert.That((await ScoreAsync(newSecondary)).Status, Is.EqualTo(LetIn));
        }
    }

    [Test]
    public async Task The_present_key_as_the_wanted_one_as_az_sends_it_gives_a_new_key()
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody());
        var (primary, _) = await KeysAsync();

        await Arm.EndOfAsync(await Arm.PostAsync($"{Path}/regenerateKeys", new JsonObject { ["keyType"] = "Primary", ["keyValue"] = primary }));

        Assert.That((await KeysAsync()).Primary, Is.Not.EqualTo(primary));
    }

    [Test]
    public async Task Keys_have_the_shape_of_Azures()
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody());

        var (primary, secondary) = await KeysAsync();

        Assert.That(new[] { primary, secondary }, Has.All.Length.EqualTo(84).And.All.Match("^[A-Za-z0-9]{52}JQQJ99[A-Z]{2}A{12}INFRAZML[A-Za-z0-9]{4}$"));
    }

    [Test]
    public async Task A_token_opens_the_endpoint_for_a_day_and_after_half_of_it_there_is_another()
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody(authMode: "AMLToken"));
        var first = await TokenAsync();
        var atOnce = await ScoreAsync(first);

        _time.Advance(TimeSpan.FromHours(11.9));
        var again = await TokenAsync();
        _time.Advance(TimeSpan.FromHours(0.2));
        var second = await TokenAsync();
        _time.Advance(TimeSpan.FromHours(11.8));
        var beforeTheEnd = await ScoreAsync(first);
        _time.Advance(TimeSpan.FromHours(0.2));
        var afterTheEnd = await ScoreAsync(first);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(second, Is.Not.EqualTo(first));
            Assert.That((atOnce.Status, beforeTheEnd.Status), Is.EqualTo((LetIn, LetIn)));
            Assert.That(afterTheEnd, Is.EqualTo((Refused, "Jwt is expired")));
            Assert.That((await ScoreAsync(second)).Status, Is.EqualTo(LetIn));
            Assert.That(await ScoreAsync("no token"), Is.EqualTo((Refused, "Jwt verification fails")));
        }
    }

    [Test]
    public async Task A_token_is_a_web_token_that_says_when_it_ends()
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody(authMode: "AMLToken"));

        var answer = (await Arm.PostAsync($"{Path}/token")).Json;

        var parts = ((string)answer["accessToken"]!).Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.That(parts, Has.Length.EqualTo(3));
        Assert.That((long)claims["exp"]!, Is.EqualTo((long)answer["expiryTimeUtc"]!));
        Assert.That((long)claims["exp"]! - (long)claims["iat"]!, Is.EqualTo(24 * 3600));
    }

    [Test]
    public async Task With_entra_tokens_it_is_the_callers_own_token_that_opens_the_endpoint()
    {
        await Arm.PutToEndAsync(Path, ArmClient.EndpointBody(authMode: "aadtoken"));

        var own = await ScoreAsync(_emulator.Connection.BearerToken);
        var other = await ScoreAsync("another token");
        var keys = await Arm.PostAsync($"{Path}/listKeys");
        var token = await Arm.PostAsync($"{Path}/token");
        var regenerated = await Arm.PostAsync($"{Path}/regenerateKeys", new JsonObject { ["keyType"] = "Primary" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((own.Status, other.Status), Is.EqualTo((LetIn, Refused)));
            Assert.That(
                new[] { keys.Status, token.Status, regenerated.Status }, Has.All.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    private async Task<(string Primary, string Secondary)> KeysAsync()
    {
        var keys = (await Arm.PostAsync($"{Path}/listKeys")).Json;
        return ((string)keys["primaryKey"]!, (string)keys["secondaryKey"]!);
    }

    private async Task<string> TokenAsync() => (string)(await Arm.PostAsync($"{Path}/token")).Json["accessToken"]!;

    private async Task<(HttpStatusCode Status, string Text)> ScoreAsync(string key)
    {
        var endpoint = await Arm.GetAsync(Path);
        using var http = new HttpClient(_emulator.Handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, (string)endpoint.Json["properties"]!["scoringUri"]!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = new StringContent("""{"input_data":[]}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
