using Sluice.Emulator;
using Sluice.Emulator.Scoring;
using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Tests.EmulatorScoring;
using Sluice.Tests.Fuzz.Documents;
using Sluice.Tests.Spec;

namespace Sluice.Tests.Fuzz;

/// <summary>The file MLmodel, which the client judges before an upload, and the local Azure ML when it starts a container on it.</summary>
[Category("Fuzz")]
internal sealed class ModelFileFuzzTests
{
    [Test]
    public async Task Any_MLmodel_gives_a_spec_or_mistakes()
    {
        using var folder = new SpecFolder();
        var whole = File.ReadAllText(folder.File("model/MLmodel"));
        var fuzzer = new DocumentFuzzer(new YamlSyntax(), [Shipped("v1"), Shipped("v2"), whole, whole]);
        var target = new SpecFileTarget(folder, "model/MLmodel", YamlSource.Parse);

        await new FuzzRun<FuzzDocument>(
            "MLmodel, before the upload", random => SpecFileTarget.Of(fuzzer.Next(random)), target.Read).RunAsync(leastRead: 0.6);
    }

    [Test]
    public async Task A_container_starts_on_any_MLmodel_or_says_in_its_log_why_not()
    {
        using var model = TestModel.Heart();
        var file = Path.Combine(model.Folder, "MLmodel");
        var fuzzer = new DocumentFuzzer(new YamlSyntax(), File.ReadAllText(file), Shipped("v2"));

        await new FuzzRun<FuzzDocument>("MLmodel, in a container", random => SpecFileTarget.Of(fuzzer.Next(random)), async document =>
        {
            await File.WriteAllBytesAsync(file, document.Bytes);
            try
            {
                await using var container = ModelContainer.Start(model.Folder, Clocks.Both(TimeProvider.System));
                return Reach.Accepted;
            }
            catch (ContainerStartException refusal)
            {
                FindingException.ThrowUnlessSentence(refusal.Message);
                FindingException.ThrowUnless(
                    refusal.Log.EndsWith("Worker failed to boot.\n", StringComparison.Ordinal), "The log does not end with the failure.");
                return refusal.Message.Contains(": line ", StringComparison.Ordinal) ? Reach.Unparsed : Reach.Judged;
            }
        }).RunAsync(leastRead: 0.5);
    }

    private static string Shipped(string version) => File.ReadAllText(Repository.File($"models/heart-classifier/{version}/MLmodel"));
}
