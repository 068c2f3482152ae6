using Sluice.Rollouts.Assets;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>The ways to name a version: folders and files of every type, versions in the workspace and in registries.</summary>
[TestFixture]
[Category("Unit")]
public sealed class ModelSourceTests
{
    private const string Allowed =
        "allowed: a path, azureml:name:version, azureml:name@latest, azureml://registries/registry/models/name/versions/version "
        + "or …/labels/latest.";

    private static IEnumerable<TestCaseData> References()
    {
        yield return new("azureml:heart:3", new WorkspaceModel("heart", "3"));
        yield return new("azureml:heart:2024-06.rc_1", new WorkspaceModel("heart", "2024-06.rc_1"));
        yield return new("azureml:heart@latest", new WorkspaceModel("heart", null));
        yield return new("azureml://registries/azureml/models/bert/versions/12", new RegistryModel("azureml", "bert", "12"));
        yield return new("azureml://registries/my-registry/models/heart/labels/latest", new RegistryModel("my-registry", "heart", null));
    }

    [TestCaseSource(nameof(References))]
    public void A_registered_version_stands_in_the_place_of_a_folder(string reference, ModelSource expected)
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"path\": \"model\"", $"\"path\": \"{reference}\", \"baseline\": \"{reference}\"");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Model.Candidate, Is.EqualTo(expected));
        Assert.That(reading.Spec.Model.Baseline, Is.EqualTo(expected));
        Assert.That(expected.Title, Is.EqualTo(reference));
    }

    [TestCaseSource(nameof(References))]
    public void An_argument_may_name_it_too(string reference, ModelSource expected)
    {
        using var folder = new SpecFolder();

        var reading = folder.Read(new SpecOverrides { ModelPath = reference, BaselinePath = reference });

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That((reading.Spec!.Model.Candidate, reading.Spec.Model.Baseline), Is.EqualTo((expected, expected)));
    }

    [TestCase("7", "7")]
    [TestCase("latest", null)]
    [TestCase("Latest", null)]
    public void The_version_alone_wins_over_the_path_of_the_file(string version, string? expected)
    {
        using var folder = new SpecFolder();

        var reading = folder.Read(new SpecOverrides { ModelVersion = version });

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Model.Candidate, Is.EqualTo(new WorkspaceModel("heart", expected)));
    }

    [Test]
    public void A_version_beside_a_path_and_one_that_is_none_are_mistakes()
    {
        using var folder = new SpecFolder();

        Assert.That(folder.Mistakes(new SpecOverrides { ModelVersion = "7", ModelPath = folder.File("model") }), Is.EqualTo(new[]
        {
            "--model-version: It is given beside --model-path; allowed: one of the two.",
        }));
        Assert.That(folder.Mistakes(new SpecOverrides { ModelVersion = "a/b" }), Is.EqualTo(new[]
        {
            "--model-version: The value is a/b; allowed: a version's number or name, or latest.",
        }));
    }

    [TestCase("models:/heart/3")]
    [TestCase("runs:/0a1b2c/model")]
    [TestCase("https://example.com/heart")]
    [TestCase("azureml:heart")]
    [TestCase("azureml:heart:")]
    [TestCase("azureml:heart@newest")]
    [TestCase("azureml:heart:1@latest")]
    [TestCase("azureml:../x:1")]
    [TestCase("azureml://registries/azureml/models/bert")]
    [TestCase("azureml://registries/azureml/models/bert/versions/")]
    [TestCase("azureml://registries/azureml/models/bert/labels/newest")]
    [TestCase("azureml://registries/azureml/models/bert/versions/1/2")]
    public void A_reference_that_says_no_version_is_a_mistake(string reference)
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"path\": \"model\"", $"\"path\": \"{reference}\"");

        Assert.That(folder.Mistakes()[0], Does.StartWith("local.json(9,39): ").And.EndsWith($"The model is \"{reference}\"; {Allowed}"));
    }

    [Test]
    public void Another_model_of_the_workspace_is_a_mistake()
    {
        using var folder = new SpecFolder();

        Assert.That(folder.Mistakes(new SpecOverrides { ModelPath = "azureml:lung:3" }), Is.EqualTo(new[]
        {
            "--model-path: The model is \"lung\"; allowed: model.name, \"heart\".",
        }));
    }

    [Test]
    public void A_registered_version_has_no_signature_to_hold_the_requests_against()
    {
        using var folder = new SpecFolder();
        folder.Write("sample.json", """{ "input_data": { "columns": ["weight"], "data": [[48]] } }""");
        folder.Write("requests.json", """{ "columns": ["weight"], "data": [[48]] }""");

        Assert.That(folder.Mistakes(), Is.Not.Empty);
        Assert.That(folder.Mistakes(new SpecOverrides { ModelVersion = "3" }), Is.Empty);
    }

    [TestCase("custom_model", ModelType.Custom)]
    [TestCase("triton_model", ModelType.Triton)]
    public void A_folder_of_another_type_needs_no_MLmodel(string type, ModelType expected)
    {
        using var folder = new SpecFolder();
        folder.Write("weights/1/model.plan", "weights");
        folder.Replace("local.json", "\"path\": \"model\"", $"\"path\": \"weights\", \"type\": \"{type}\"");
        folder.Replace("blue.yml", "instance_count: 1", "environment: azureml:scoring:1");
        folder.Replace("green.yml", "instance_count: 1", "environment: azureml:scoring:1");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var model = (ModelFolder)reading.Spec!.Model.Candidate;
        var contents = AssetContents.Read(folder.File("weights"));
        Assert.That((model.Type, model.Digest, model.OlderDigest), Is.EqualTo((expected, contents.Digest, contents.OlderDigest)));
        Assert.That((model.Files, model.Bytes, model.Inputs.Length), Is.EqualTo((1, 7, 0)));
    }

    [Test]
    public void A_custom_model_may_be_a_single_file()
    {
        using var folder = new SpecFolder();
        folder.Write("weights.pkl", "weights");
        folder.Replace("local.json", "\"path\": \"model\"", "\"path\": \"weights.pkl\", \"type\": \"custom_model\"");
        folder.Replace("blue.yml", "instance_count: 1", "environment: azureml:scoring:1");
        folder.Replace("green.yml", "instance_count: 1", "environment: azureml:scoring:1");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Model.Candidate.Title, Is.EqualTo(folder.File("weights.pkl")));
    }

    [TestCase("mlflow_model", "conda.yaml", "is a file; allowed: the folder of an MLflow model.")]
    [TestCase("triton_model", "conda.yaml", "is a file; allowed: the folder of a Triton model repository.")]
    [TestCase("custom_model", "none", "does not exist; allowed: the folder or file of a custom model.")]
    public void A_path_that_the_type_cannot_be_is_a_mistake(string type, string path, string mistake)
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"path\": \"model\"", $"\"path\": \"model/{path}\", \"type\": \"{type}\"");

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(1).And.All.EndsWith(mistake));
    }

    [Test]
    public void A_folder_without_MLmodel_is_said_to_be_perhaps_of_another_type()
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File("model/MLmodel"));

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(1).And.All.EndsWith("For other models, say model.type."));
    }
}
