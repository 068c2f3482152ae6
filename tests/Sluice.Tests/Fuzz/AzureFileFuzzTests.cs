using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Tests.Fuzz.Documents;
using Sluice.Tests.Spec;

namespace Sluice.Tests.Fuzz;

/// <summary>The files of <c>az ml</c>.</summary>
[Category("Fuzz")]
internal sealed class AzureFileFuzzTests
{
    [TestCase("managed", "endpoint.yml", "managed-endpoint.yml")]
    [TestCase("kubernetes", "endpoint.yml", "kubernetes-endpoint.yml")]
    [TestCase("managed", "green.yml", "managed-deployment.yml")]
    [TestCase("kubernetes", "green.yml", "kubernetes-deployment.yml")]
    [TestCase("managed", "blue.yml", "blue.yml")]
    [TestCase("kubernetes", "environment/environment.yml", "environment/environment.yml")]
    [TestCase("kubernetes", "environment/conda.yml", "environment/conda.yml")]
    public async Task Any_file_gives_a_spec_or_mistakes(string kind, string file, string sample)
    {
        using var folder = SpecFolder.WithSamples($"{kind}-endpoint.yml", $"{kind}-deployment.yml");
        var fuzzer = new DocumentFuzzer(new YamlSyntax(), File.ReadAllText(folder.File(sample)));
        var target = new SpecFileTarget(folder, file, YamlSource.Parse);

        await new FuzzRun<FuzzDocument>(
            $"{kind} {file}", random => SpecFileTarget.Of(fuzzer.Next(random)), target.Read).RunAsync(leastRead: 0.6);
    }
}
