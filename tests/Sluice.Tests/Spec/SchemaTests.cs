using Newtonsoft.Json.Linq;
using NJsonSchema;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>
/// The checked-in JSON schema. After a change of the readers write it anew with
/// <c>UPDATE_SCHEMA=1 dotnet test tests/Sluice.Tests --filter FullyQualifiedName~SchemaTests</c>.
/// </summary>
[TestFixture]
[Category("Unit")]
public sealed class SchemaTests
{
    private static readonly string SchemaFile = Repository.File("config/sluice.schema.json");

    [OneTimeSetUp]
    public void Write_the_schema_when_asked_to()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(SchemaFile, SpecSchema.Text());
        }
    }

    [Test]
    public void The_checked_in_schema_is_what_the_readers_say()
    {
        Assert.That(
            File.ReadAllText(SchemaFile).ReplaceLineEndings("\n"),
            Is.EqualTo(SpecSchema.Text()),
            "Run the test again with the environment variable UPDATE_SCHEMA=1 and commit config/sluice.schema.json.");
    }

    [TestCase("config/local.json")]
    [TestCase("config/dev.json")]
    [TestCase("config/prod.json")]
    public async Task A_shipped_configuration_fits_the_schema_except_for_what_is_not_filled_in(string file)
    {
        var schema = await JsonSchema.FromFileAsync(SchemaFile);
        var config = JObject.Parse(File.ReadAllText(Repository.File(file)));
        foreach (var placeholder in config["workspace"]!.Children<JProperty>().Where(name => $"{name.Value}".StartsWith('<')).ToList())
        {
            placeholder.Remove();
        }

        var errors = schema.Validate(config.ToString());

        Assert.That(errors, Is.Empty);
    }

    [TestCase("""{ "rolout": {} }""", "#/rolout")]
    [TestCase("""{ "rollout": { "retain": -1 } }""", "#/rollout.retain")]
    [TestCase("""{ "rollout": { "steps": [{ "weight": 100 }] } }""", "#/rollout.steps[0]")]
    [TestCase("""{ "rollout": { "steps": [{ "weight": 10, "mirror": 10 }] } }""", "#/rollout.steps[0]")]
    [TestCase("""{ "rollout": { "steps": [{ "bake": "1m" }] } }""", "#/rollout.steps[0]")]
    [TestCase("""{ "rollout": { "steps": [] } }""", "#/rollout.steps")]
    [TestCase("""{ "rollout": { "gates": [{ "name": "x" }] } }""", "#/rollout.gates[0]")]
    [TestCase("""{ "rollout": { "gates": [{ "errors": {}, "latency": {} }] } }""", "#/rollout.gates[0]")]
    [TestCase("""{ "rollout": { "gates": [{ "agreement": {} }] } }""", "#/rollout.gates[0]")]
    [TestCase("""{ "rollout": { "finalBake": "P" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "rollout": { "finalBake": "PT" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "rollout": { "finalBake": "" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "rollout": { "finalBake": "5m1h" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "rollout": { "finalBake": "00:61:00" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "notifications": [{ "on": ["failed"] }] }""", "#/notifications[0]")]
    [TestCase("""{ "notifications": [{ "slack": { "urlVariable": "X" }, "on": [] }] }""", "#/notifications[0]")]
    [TestCase("""{ "notifications": [{ "webhook": {} }] }""", "#/notifications[0]")]
    [TestCase("""{ "policy": { "freeze": [{ "name": "x", "days": [], "from": "09:00", "to": "17:00" }] } }""", "#/policy.freeze[0]")]
    [TestCase("""{ "rollout": { "finalBake": 4 } }""", "#/rollout.finalBake")]
    [TestCase("""{ "rollout": { "finalBake": "4" } }""", "#/rollout.finalBake")]
    [TestCase("""{ "workspace": { "cloud": "moon" } }""", "#/workspace.cloud")]
    [TestCase("""{ "policy": { "maximumStep": 0 } }""", "#/policy.maximumStep")]
    [TestCase("""{ "policy": { "freeze": [{ "name": "x", "from": "Friday", "to": "Mon 06:00" }] } }""", "#/policy.freeze[0]")]
    [TestCase("""{ "policy": { "allow": [{ "days": ["Noday"], "name": "x", "from": "09:00", "to": "17:00" }] } }""", "#/policy.allow[0]")]
    [TestCase("""{ "endpoint": 3 }""", "#/endpoint")]
    public async Task The_schema_refuses_what_the_reader_refuses(string json, string path)
    {
        var schema = await JsonSchema.FromFileAsync(SchemaFile);

        var errors = schema.Validate(json);

        Assert.That(errors.Select(error => error.Path), Does.Contain(path));
    }

    [TestCase("90s")]
    [TestCase("1d2h3m4s5ms")]
    [TestCase("1.5h")]
    [TestCase("250ms")]
    [TestCase("00:05:00")]
    [TestCase("1.23:59:59.5")]
    [TestCase("PT5M")]
    [TestCase("P1DT2H0.5S")]
    public async Task The_schema_takes_each_form_of_a_time_that_the_reader_takes(string time)
    {
        var schema = await JsonSchema.FromFileAsync(SchemaFile);

        var errors = schema.Validate($$"""{ "rollout": { "finalBake": "{{time}}" } }""");

        Assert.That(Duration.TryParse(time, out _), Is.True);
        Assert.That(errors.Select(error => error.Path), Does.Not.Contain("#/rollout.finalBake"));
    }

    [Test]
    public void Every_key_of_the_schema_is_explained()
    {
        var properties = JObject.Parse(SpecSchema.Text())
            .Descendants()
            .OfType<JProperty>()
            .Where(property => property.Parent?.Parent is JProperty { Name: "properties" });

        Assert.That(properties.Where(property => (string?)property.Value["description"] is not { Length: > 0 }), Is.Empty);
    }
}
