using System.Text;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Tests.Spec;

/// <summary>Files that are made to be too much: each ends soon, in a sentence with its place.</summary>
[TestFixture]
[Category("Unit")]
[CancelAfter(60_000)]
public sealed class HostileDocumentTests
{
    private const string TooMany = "Up to here are more than 1000000 values, each alias counted as all that it stands for.";
    private const string TooDeep = "This is nested more deeply than 32 levels.";

    [Test]
    public void Aliases_that_stand_for_a_thousand_millions_are_refused_where_they_become_too_many()
    {
        var refusal = Refusal(Laughs(10));

        Assert.That(refusal.Message, Is.EqualTo(TooMany));
        Assert.That(refusal.Place.Line, Is.EqualTo(6));
    }

    [Test]
    public void Aliases_that_hang_on_each_other_are_as_deep_as_what_they_stand_for()
    {
        var refusal = Refusal(
            "a0: &a0 [lol]\n" + string.Concat(Enumerable.Range(1, 100_000).Select(level => $"a{level}: &a{level} [*a{level - 1}]\n")));

        Assert.That(refusal.Message, Is.EqualTo(TooDeep));
        Assert.That(refusal.Place.Line, Is.EqualTo(31));
    }

    [Test]
    public void Maps_that_are_merged_again_and_again_are_refused()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"k{i}: 1"));
        var merges = string.Concat(Enumerable.Repeat("- <<: *a\n", 10_000));

        Assert.That(Refusal($"a: &a {{{keys}}}\nb:\n{merges}").Message, Is.EqualTo(TooMany));
    }

    [Test]
    public void An_alias_may_stand_for_what_a_person_would_write()
    {
        var root = (SpecMap)Parse("""
            a: &a { x: 1, y: [1, 2] }
            b: [*a, *a]
            c: { <<: *a, y: 3 }
            d: *a
            """);

        Assert.That(((SpecList)root.Find("b")!.Value).Items[1], Is.SameAs(root.Find("a")!.Value));
        Assert.That(((SpecMap)root.Find("c")!.Value).Entries.Select(entry => entry.Key), Is.EquivalentTo(new[] { "x", "y" }));
    }

    [Test]
    public void A_conda_file_that_would_grow_without_end_is_a_mistake_in_a_line()
    {
        using var folder = new SpecFolder();
        folder.Write("bomb.yml", Laughs(10));
        File.AppendAllText(folder.File("green.yml"), "\nenvironment: { image: some/image, conda_file: bomb.yml }\n");

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(1).And.Some.StartsWith("bomb.yml(6,").And.Some.Contains(TooMany));
    }

    [TestCase("model/MLmodel")]
    [TestCase("endpoint.yml")]
    [TestCase("blue.yml")]
    public void A_bomb_in_any_YAML_file_is_a_mistake_in_a_line(string file)
    {
        using var folder = new SpecFolder();
        folder.Write(file, Laughs(10));

        Assert.That(folder.Mistakes(), Has.Some.StartsWith($"{file}(6,").And.Some.Contains(TooMany));
    }

    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public void Brackets_without_end_are_too_deep_in_YAML_and_JSON(char open, char close)
    {
        const int Depth = 100_000;
        var inner = open == '{' ? "{\"a\":" : "[";
        var text = new StringBuilder().Insert(0, inner, Depth).Append('1').Append(close, Depth).ToString();

        Assert.That(Refusal(text).Message, Is.EqualTo(TooDeep));
        Assert.That(
            () => JsonSource.Parse(Path.GetFullPath("file"), text, new Mistakes()),
            Throws.TypeOf<SyntaxException>().With.Message.Contains("32"));
    }

    [Test]
    public void A_number_of_a_million_digits_is_none()
    {
        Assert.That(
            () => JsonSource.Parse(Path.GetFullPath("file"), new string('9', 1_000_000), new Mistakes()),
            Throws.TypeOf<SyntaxException>().With.Message.StartsWith("This is not JSON"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_pipe_in_the_place_of_a_file_is_not_waited_for()
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File("requests.json"));
        HostileFolderTests.MakePipe(folder.File("requests.json"));

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "requests.json: This is a pipe, a socket or a device; allowed: a file." }));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_device_behind_a_link_is_not_read_without_end()
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File("endpoint.yml"));
        File.CreateSymbolicLink(folder.File("endpoint.yml"), "/dev/zero");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "endpoint.yml: This is a pipe, a socket or a device; allowed: a file." }));
    }

    [Test]
    public void A_large_file_behind_a_link_is_as_large_as_it_is()
    {
        using var folder = new SpecFolder();
        using (var large = File.Create(folder.File("large")))
        {
            large.SetLength(DocumentFile.MaximumBytes + 1);
        }

        File.Delete(folder.File("sample.json"));
        File.CreateSymbolicLink(folder.File("sample.json"), "large");

        Assert.That(
            folder.Mistakes(), Is.EqualTo(new[] { "sample.json: The file has 16777217 bytes; at most 16777216 are allowed." }));
    }

    /// <summary>Each line is ten times the one before.</summary>
    private static string Laughs(int lines) => string.Concat(Enumerable.Range(0, lines).Select(line =>
    {
        var item = line == 0 ? "lol" : $"*a{line - 1}";
        return $"a{line}: &a{line} [{string.Join(", ", Enumerable.Repeat(item, 10))}]\n";
    }));

    private static SpecNode Parse(string text) => YamlSource.Parse(Path.GetFullPath("file"), text, new Mistakes());

    private static SyntaxException Refusal(string text) => Assert.Throws<SyntaxException>(() => Parse(text))!;
}
