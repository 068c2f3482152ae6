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
