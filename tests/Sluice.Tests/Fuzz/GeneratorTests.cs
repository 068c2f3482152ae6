using System.Text;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>What makes the inputs.</summary>
[Category("Unit")]
internal sealed class GeneratorTests
{
    private const int Seed = 4711;

    [Test]
    public void The_same_seed_and_number_give_the_same_input()
    {
        var fuzzer = new DocumentFuzzer(new YamlSyntax(), "name: blue\ntags: {team: cardio}\n");

        var first = Enumerable.Range(0, 200).Select(index => Hex(fuzzer.Next(new FuzzPlan(Seed, 0, 1).RandomOf(index)))).ToList();
        var second = Enumerable.Range(0, 200).Select(index => Hex(fuzzer.Next(new FuzzPlan(Seed, 0, 1).RandomOf(index)))).ToList();
        var other = Enumerable.Range(0, 200).Select(index => Hex(fuzzer.Next(new FuzzPlan(Seed + 1, 0, 1).RandomOf(index)))).ToList();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        Assert.That(first.Distinct().Count(), Is.AtLeast(150));
    }

    [Test]
    public void Before_anything_is_broken_what_is_written_says_what_was_read()
    {
        const string sample = """{"a": [1, -2.5e3, true, null], "b": {"c": "d \" \\ \n ä 😀", "": ""}, "e": [], "f": {}}""";
        var syntax = new JsonSyntax(hasComments: true);
        var node = syntax.Read(sample);

        for (var index = 0; index < 200; index++)
        {
            var written = Encoding.UTF8.GetString(InsidePaths.Of(Encoding.UTF8.GetBytes(syntax.Write(node, new Random(index)))));
            var read = JsonSource.Parse("/sample.json", written, new Mistakes());
            Assert.That(JsonText.Of(read), Is.EqualTo(JsonText.Of(JsonSource.Parse("/sample.json", sample, new Mistakes()))), written);
        }
    }

    [TestCase("\"/\"", "\"_\"")]
    [TestCase("path: /etc", "path: _etc")]
    [TestCase("../x", "._/x")]
    [TestCase("file:/etc", "file:_etc")]
    [TestCase("https://host/path", "https://host/path")]
    [TestCase("azureml://registries/r", "azureml://registries/r")]
    [TestCase("a/b", "a/b")]
    public void No_path_leads_out_of_the_folder(string text, string kept) => Assert.That(InsidePaths.Of(text), Is.EqualTo(kept));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
