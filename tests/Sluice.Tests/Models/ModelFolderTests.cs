using System.Security.Cryptography;
using System.Text.Json;
using HeartClassifier.Trainer.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Models;

[Category("Unit")]
[TestFixture("v1")]
[TestFixture("v2")]
internal sealed class ModelFolderTests(string version)
{
    private readonly ModelFolder _folder = new(version);

    [Test]
    public void The_folder_holds_the_files_of_an_MLflow_model_and_no_others()
    {
        Assert.That(_folder.Files, Is.EquivalentTo(new[]
        {
            "MLmodel", "conda.yaml", "python_env.yaml", "requirements.txt",
            "model.onnx", "input_example.json", "serving_input_example.json",
        }));
    }

    [Test]
    public void The_description_names_files_that_are_there()
    {
        var named = new[]
        {
            _folder.Text("flavors", "onnx", "data"),
            _folder.Text("flavors", "python_function", "data"),
            _folder.Text("flavors", "python_function", "env", "conda"),
            _folder.Text("flavors", "python_function", "env", "virtualenv"),
            _folder.Text("saved_input_example_info", "artifact_path"),
            _folder.Text("saved_input_example_info", "serving_input_path"),
        };

        Assert.That(named.Distinct(), Is.SubsetOf(_folder.Files));
    }

    [Test]
    public void The_description_carries_the_size_and_an_identity_that_belong_to_the_content()
    {
        string[] data = ["model.onnx", "input_example.json", "serving_input_example.json"];
        var measured = data.Sum(file => _folder.ReadBytes(file).Length);

        Assert.That(_folder.Text("model_size_bytes"), Is.EqualTo($"{measured}"));
        Assert.That(_folder.Text("model_uuid"), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(_folder.Model))[..32]));
    }

    [Test]
    public void The_signatures_inputs_are_the_graphs_inputs_in_name_order_and_type()
    {
        using var session = new InferenceSession(_folder.Model);
        var declared = _folder.Inputs.Select(column => (column.Name, GraphType(column.Type)));

        Assert.That(session.InputNames.Select(name => (name, session.InputMetadata[name].ElementDataType)), Is.EqualTo(declared));
    }

    [Test]
    public void The_signatures_outputs_are_the_graphs_outputs_in_name_order_and_type()
    {
        using var session = new InferenceSession(_folder.Model);
        var declared = _folder.Outputs.Select(column => (column.Name, GraphType(column.Type)));

        Assert.That(session.OutputNames.Select(name => (name, session.OutputMetadata[name].ElementDataType)), Is.EqualTo(declared));
    }

    [Test]
    public void Every_input_and_output_of_the_graph_has_one_axis_because_MLflow_feeds_columns()
    {
        using var session = new InferenceSession(_folder.Model);

        Assert.That(session.InputMetadata.Values.Select(input => input.Dimensions), Is.All.EqualTo(new[] { -1 }));
        Assert.That(session.OutputMetadata.Values.Select(output => output.Dimensions), Is.All.EqualTo(new[] { -1 }));
    }

    [Test]
    public void The_input_example_has_the_signatures_columns_and_values_of_their_types()
    {
        var example = _folder.ReadJson("input_example.json");
        var row = FrameRows.Rows(example).Single();

        Assert.That(FrameRows.Columns(example), Is.EqualTo(_folder.Inputs.Select(column => column.Name)));
        Assert.That(SignatureColumn.Take(_folder.Inputs, row));
    }

    [Test]
    public void The_input_example_shows_a_fraction_in_every_double_column_so_that_no_server_takes_it_for_integers()
    {
        var row = FrameRows.Rows(_folder.ReadJson("input_example.json")).Single();
        var doubles = _folder.Inputs.Zip(row).Where(pair => pair.First.Type == "double").Select(pair => pair.Second.GetDouble()).ToList();

        Assert.That(doubles, Is.Not.Empty);
        Assert.That(doubles, Is.All.Matches<double>(value => value != Math.Truncate(value)));
    }

    [Test]
    public void The_serving_example_is_the_input_example_in_a_request_body()
    {
        var body = _folder.ReadJson("serving_input_example.json");

        Assert.That(JsonElement.DeepEquals(body.GetProperty("dataframe_split"), _folder.ReadJson("input_example.json")));
    }

    [Test]
    public void The_environment_files_agree_on_Python_and_on_every_package()
    {
        var requirements = _folder.ReadLines("requirements.txt");
        var dependencies = (YamlSequenceNode)_folder.ReadYaml("conda.yaml")["dependencies"];
        var pip = (YamlSequenceNode)dependencies.OfType<YamlMappingNode>().Single()["pip"];
        var python = _folder.Text("flavors", "python_function", "python_version");

        Assert.That(pip.Select(package => package.ToString()), Is.EqualTo(requirements));
        Assert.That(requirements, Does.Contain($"mlflow=={_folder.Text("mlflow_version")}"));
        Assert.That(requirements, Does.Contain($"onnx=={_folder.Text("flavors", "onnx", "onnx_version")}"));
        Assert.That(requirements, Has.Some.StartsWith("onnxruntime=="));
        Assert.That(dependencies.Select(dependency => dependency.ToString()), Does.Contain($"python={python}"));
        Assert.That(_folder.ReadYaml("python_env.yaml")["python"].ToString(), Is.EqualTo(python));
    }

    [Test]
    public void The_sample_request_fits_the_signature_and_scores_to_a_probability()
    {
        var frame = JsonElement.Parse(File.ReadAllBytes(Repository.File("config/sample.json"))).GetProperty("input_data");
        using var scorer = new OnnxScorer(_folder.Model);

        var answer = scorer.Predict(FrameRows.ToHeartRows(frame)).Single();

        Assert.That(FrameRows.Columns(frame), Is.EqualTo(_folder.Inputs.Select(column => column.Name)));
        Assert.That(answer.Probability, Is.GreaterThan(0).And.LessThan(1));
        Assert.That(answer.Target, Is.EqualTo(answer.Probability > 0.5f));
    }

    private static TensorElementType GraphType(string signatureType) => signatureType switch
    {
        "long" => TensorElementType.Int64,
        // MLflow's onnx flavour casts float64 to float32 where the graph wants float32.
        "double" or "float" => TensorElementType.Float,
        "string" => TensorElementType.String,
        _ => throw new ArgumentOutOfRangeException(nameof(signatureType), signatureType, "The graph has no such type."),
    };
}
