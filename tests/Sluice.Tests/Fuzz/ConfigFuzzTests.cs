using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Tests.Fuzz.Documents;
using Sluice.Tests.Spec;

namespace Sluice.Tests.Fuzz;

[Category("Fuzz")]
internal sealed class ConfigFuzzTests
{
    [Test]
    public async Task Any_config_file_gives_a_spec_or_mistakes()
    {
        using var folder = new SpecFolder();
        var shipped = new[] { "local.json", "dev.json", "prod.json" }.Select(name => File.ReadAllText(Repository.File($"config/{name}")));
        var fuzzer = new DocumentFuzzer(new JsonSyntax(hasComments: true), [.. shipped, File.ReadAllText(folder.File("local.json"))]);
        var target = new SpecFileTarget(folder, "local.json", JsonSource.Parse);

        // What is shipped names files that are not here, so it gets less far than the one that is whole.
        await new FuzzRun<FuzzDocument>(
            "config file",
            random => SpecFileTarget.Of(random.Next(2) == 0 ? fuzzer.NextOf(3, random) : fuzzer.Next(random)),
            target.Read).RunAsync(leastRead: 0.6);
    }

    [TestCase("requests.json", "config/requests.json")]
    [TestCase("sample.json", "config/sample.json")]
    public async Task Any_file_of_requests_gives_a_spec_or_mistakes(string file, string shipped)
    {
        using var folder = new SpecFolder();
        var whole = File.ReadAllText(folder.File(file));
        var fuzzer = new DocumentFuzzer(
            new JsonSyntax(hasComments: true), File.ReadAllText(Repository.File(shipped)), whole, whole, whole);
        var target = new SpecFileTarget(folder, file, JsonSource.Parse);

        await new FuzzRun<FuzzDocument>(file, random => SpecFileTarget.Of(fuzzer.Next(random)), target.Read).RunAsync(leastRead: 0.6);
    }
}
