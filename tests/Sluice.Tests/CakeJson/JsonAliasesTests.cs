using System.Text;
using Cake.Core;
using Cake.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Sluice.Tests.CakeJson;

[Category("Unit")]
internal sealed class JsonAliasesTests
{
    private static readonly string PrettyText = string.Join(
        Environment.NewLine, "{", "  \"Name\": \"häßlich\",", "  \"Parts\": [", "    1,", "    2", "  ],", "  \"Nothing\": null", "}");

    private const string Text = """{"Name":"häßlich","Parts":[1,2],"Nothing":null}""";

    private readonly Thing _thing = new("häßlich", [1, 2], null);
    private string _directory = null!;
    private ICakeContext _context = null!;

    [SetUp]
    public void CreateContext()
    {
        _directory = Directory.CreateTempSubdirectory("sluice-json-").FullName;
        _context = new ContextAt(_directory);
    }

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Objects_are_written_on_one_line_with_nulls_and_names_as_declared() =>
        Assert.That(_context.SerializeJson(_thing), Is.EqualTo(Text));

    [Test]
    public void Pretty_is_indented_by_two_spaces() => Assert.That(_context.SerializeJsonPretty(_thing), Is.EqualTo(PrettyText));

    [Test]
    public void Files_are_UTF8_without_a_byte_order_mark_below_the_contexts_directory()
    {
        _context.SerializeJsonToFile("plain.json", _thing);
        _context.SerializeJsonToPrettyFile("pretty.json", _thing);

        Assert.That(File.ReadAllBytes(Path.Combine(_directory, "plain.json")), Is.EqualTo(Encoding.UTF8.GetBytes(Text)));
        Assert.That(File.ReadAllBytes(Path.Combine(_directory, "pretty.json")), Is.EqualTo(Encoding.UTF8.GetBytes(PrettyText)));
    }

    [Test]
    public void What_was_written_is_read_back()
    {
        _context.SerializeJsonToPrettyFile("thing.json", _thing);

        var fromFile = _context.DeserializeJsonFromFile<Thing>("thing.json");
        var fromText = _context.DeserializeJson<Thing>(Text);

        Assert.That(fromFile.Parts, Is.EqualTo(_thing.Parts));
        Assert.That(fromText, Has.Property("Name").EqualTo("häßlich").And.Property("Nothing").Null);
    }

    [Test]
    public void An_absolute_path_is_taken_as_it_is()
    {
        var path = Path.Combine(_directory, "absolute.json");
        File.WriteAllText(path, Text);

        var parsed = new ContextAt(Path.GetTempPath()).ParseJsonFromFile(path);

        Assert.That((string?)parsed["Name"], Is.EqualTo("häßlich"));
    }

    [Test]
    public void Parsing_gives_the_object_with_its_members() =>
        Assert.That(_context.ParseJson(Text), Is.EqualTo(JObject.FromObject(_thing)).Using(JToken.EqualityComparer));

    [TestCase("[1, 2]")]
    [TestCase("3")]
    [TestCase("{")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.That(() => _context.ParseJson(json), Throws.InstanceOf<JsonException>());

    [Test]
    public void A_missing_file_is_named() => Assert.That(
        () => _context.ParseJsonFromFile("nowhere.json"),
        Throws.InstanceOf<FileNotFoundException>().With.Message.Contains("nowhere.json"));

    private sealed record Thing(string Name, int[] Parts, string? Nothing);
}
