using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>What arguments and environment variables say instead of the files, and what stands when nothing is said.</summary>
[TestFixture]
[Category("Unit")]
public sealed class OverrideTests
{
    [Test]
    public void Arguments_win_over_the_files()
    {
        using var folder = new SpecFolder();
        folder.WriteModel("next");
        folder.WriteModel("old");

        var reading = folder.Read(new SpecOverrides
        {
            Subscription = "11111111-2222-3333-4444-555555555555",
            ResourceGroup = "other-group",
            WorkspaceName = "other-workspace",
            Tenant = "tenant",
            Credential = CredentialKind.AzureCli,
            ModelName = "lung",
            ModelPath = folder.File("next"),
            BaselinePath = folder.File("old"),
            EndpointName = "other-endpoint",
            InstanceType = "Standard_F2s_v2",
            InstanceCount = 2,
            Steps = [5, 25, 75],
            FinalBake = TimeSpan.FromMinutes(1),
            Retain = 2,
            WaitForWindow = true,
            Latency = LatencyProfile.Instant,
            TimeScale = 0.5,
            Port = 8443,
            Seed = 7,
            EmulatorFolder = folder.File("elsewhere"),
        });

        Assert.That(reading.Mistakes, Is.Empty);
        var spec = reading.Spec!;
        Assert.Multiple(() =>
        {
            Assert.That(spec.Workspace, Is.EqualTo(new WorkspaceSpec(
                Cloud.Local,
                "11111111-2222-3333-4444-555555555555",
                "other-group",
                "other-workspace",
                CredentialKind.AzureCli,
                "tenant")));
            Assert.That(spec.Policy.WaitsForWindow, Is.True);
            Assert.That(spec.Emulator, Is.EqualTo(new EmulatorSpec(folder.File("elsewhere"), LatencyProfile.Instant, 0.5, 8443, 7)));
            Assert.That(spec.Model.Name, Is.EqualTo("lung"));
            Assert.That(spec.Model.Candidate.Title, Is.EqualTo(folder.File("next")));
            Assert.That(spec.Model.Baseline!.Title, Is.EqualTo(folder.File("old")));
            Assert.That(spec.Endpoint.Name, Is.EqualTo("other-endpoint"));
            Assert.That(spec.Blue.InstanceType, Is.EqualTo("Standard_F2s_v2"));
            Assert.That(spec.Green.InstanceType, Is.EqualTo("Standard_F2s_v2"));
            Assert.That(spec.Blue.InstanceCount, Is.EqualTo(2));
            Assert.That(spec.Green.InstanceCount, Is.EqualTo(2));
            Assert.That(spec.Strategy.FinalBake, Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(spec.Strategy.Retain, Is.EqualTo(2));
            Assert.That(spec.Strategy.Steps, Is.EqualTo(new[]
            {
                new Step(5, TimeSpan.FromSeconds(4)),
                new Step(25, TimeSpan.FromSeconds(8)),
                new Step(75, TimeSpan.FromSeconds(8)),
            }));
        });
    }

    [Test]
    public void The_argument_bake_is_every_steps_bake()
    {
        using var folder = new SpecFolder();

        var spec = folder.Read(new SpecOverrides { Bake = TimeSpan.Zero, Steps = [30] }).Spec!;

        Assert.That(spec.Strategy.Steps, Is.EqualTo(new[] { new Step(30, TimeSpan.Zero) }));
        Assert.That(spec.Strategy.FinalBake, Is.EqualTo(TimeSpan.FromSeconds(4)));
    }

    [Test]
    public void A_mistake_in_the_file_does_not_matter_when_an_argument_wins_over_it()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"name\": \"workspace\"", "\"name\": \"<workspace>\"");

        Assert.That(folder.Mistakes(new SpecOverrides { WorkspaceName = "given" }), Is.Empty);
    }

    [Test]
    public void Everything_that_has_a_default_may_be_left_out()
    {
        using var folder = new SpecFolder();
        folder.Write("local.json", """
            {
              "workspace": {
                "cloud": "local", "subscriptionId": "00000000-0000-0000-0000-000000000000", "resourceGroup": "group", "name": "workspace"
              },
              "model": { "name": "heart", "path": "model" },
              "endpoint": "endpoint.yml", "blue": "blue.yml", "green": "green.yml",
              "probes": { "sample": "sample.json" }
            }
            """);

        var spec = folder.Read().Spec!;

        Assert.Multiple(() =>
        {
            Assert.That(spec.Emulator, Is.EqualTo(
                new EmulatorSpec(Path.GetFullPath("../.sluice/emulator", folder.Path), LatencyProfile.Demo, 1, 0, null)));
            Assert.That(spec.Strategy.Steps, Is.EqualTo(new[]
            {
                new Step(10, TimeSpan.FromMinutes(5)), new Step(50, TimeSpan.FromMinutes(5)),
            }));
            Assert.That(spec.Strategy.FinalBake, Is.EqualTo(TimeSpan.FromMinutes(5)));
            Assert.That(spec.Strategy.OperationTimeout, Is.EqualTo(TimeSpan.FromMinutes(30)));
            Assert.That(spec.Strategy.Gate, Is.EqualTo(new GateSpec(10, TimeSpan.FromSeconds(10), 20, 0)));
            Assert.That(spec.Model.Baseline, Is.Null);
            Assert.That(spec.Load, Is.Null);
            Assert.That(spec.Probes.Rows, Is.EqualTo(new[] { spec.Probes.Sample }));
        });
    }

    [Test]
    public void A_bake_that_is_too_short_for_its_gate_is_noted()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"bake\": \"4s\"", "\"bake\": \"1s\"");
        folder.Replace("local.json", "\"probesPerLook\": 10", "\"probesPerLook\": 5");

        Assert.That(folder.Read().Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "local.json(19,13): The step of 10 % lasts longer than its bake of 1s: that sends 10 probes, and 20 are needed.",
        }));
    }

    [Test]
    public void The_rows_of_the_probes_become_bodies_with_their_numbers_as_written()
    {
        using var folder = new SpecFolder();
        folder.Write("requests.json", """
            // 1.0 stays 1.0, and 3e2 stays 3e2.
            { "columns": ["age", "thal"], "data": [ [ 1.0, "normal" ], [3e2, null], [-5, "\u00e9\"x"] ] }
            """);

        Assert.That(folder.Read().Spec!.Probes.Rows, Is.EqualTo(new[]
        {
            """{"input_data":{"columns":["age","thal"],"index":[0],"data":[[1.0,"normal"]]}}""",
            """{"input_data":{"columns":["age","thal"],"index":[0],"data":[[3e2,null]]}}""",
            """{"input_data":{"columns":["age","thal"],"index":[0],"data":[[-5,"é\"x"]]}}""",
        }));
    }

    [Test]
    public void A_model_without_a_signature_takes_any_columns()
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "signature:", "metadata:");
        folder.Replace("sample.json", "\"age\"", "\"years\"");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(((ModelFolder)reading.Spec!.Model.Candidate).Inputs, Is.Empty);
    }

    [Test]
    public void A_column_that_the_signature_does_not_require_may_be_left_out()
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "}]", """}, {"type": "long", "name": "sex", "required": false}]""");

        Assert.That(folder.Mistakes(), Is.Empty);
        Assert.That(((ModelFolder)folder.Read().Spec!.Model.Candidate).Inputs, Is.EqualTo(new[] { "age", "thal", "sex" }));
    }

    [TestCase("''")]
    [TestCase(".")]
    [TestCase("./model.onnx")]
    public void What_some_flavors_write_for_no_file_or_the_folder_is_no_mistake(string written)
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "code: null", $"code: {written}");

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [Test]
    public void A_sample_of_tensors_is_sent_as_it_is()
    {
        using var folder = new SpecFolder();
        folder.Write("sample.json", """{ "input_data": [[1, 2.50], [3, 4]], "params": { "top": 1 } }""");

        Assert.That(folder.Read().Spec!.Probes.Sample, Is.EqualTo("""{"input_data":[[1,2.50],[3,4]],"params":{"top":1}}"""));
    }
}
