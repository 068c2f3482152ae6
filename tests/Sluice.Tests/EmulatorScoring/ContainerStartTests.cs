using Sluice.Emulator;
using Sluice.Emulator.Scoring;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class ContainerStartTests
{
    private static readonly byte[] EchoOfAge = new OnnxWriter()
        .Input("age", OnnxWriter.Int64, -1).Output("seen", OnnxWriter.Int64, -1).Node("Identity", ["age"], ["seen"]).ToBytes();

    [Test]
    public void A_complete_folder_starts_and_its_log_names_the_graph()
    {
        using var model = TestModel.Heart();

        var container = model.Start();

        Assert.That(container.Log, Does.Contain("Loaded model.onnx.").And.Contain("The sample is input_example.json."));
    }

    [Test]
    public void A_file_name_with_a_NUL_is_refused()
    {
        using var model = TestModel.Heart();
        model.Write("MLmodel", "flavors:\n  onnx:\n    data: \"a\\0b\"\n");

        var failure = Assert.Throws<ContainerStartException>(() => model.Start());

        Assert.That(failure!.Message, Is.EqualTo("MLmodel: flavors.onnx.data has a NUL in it, which no file's name has."));
    }

    [TestCase("flavors:\n  onnx:\n    providers: [\n  CPUExecutionProvider]\n")]
    [TestCase("flavors:\n  -\n    -\n       : dataframe\n")]
    public void What_the_YAML_library_gives_up_on_is_refused_and_not_an_inner_error(string yaml)
    {
        using var model = TestModel.Heart();
        model.Write("MLmodel", yaml);

        var failure = Assert.Throws<ContainerStartException>(() => model.Start());

        Assert.That(failure!.Message, Is.EqualTo("MLmodel: the file is not YAML."));
        Assert.That(failure.Log, Does.EndWith("Worker failed to boot.\n"));
    }

    [Test]
    public void A_model_one_level_down_is_found_as_Azure_mounts_it()
    {
        using var model = TestModel.Heart();
        var below = Directory.CreateDirectory(Path.Combine(model.Folder, "v2")).FullName;
        foreach (var file in Directory.GetFiles(model.Folder))
        {
            File.Move(file, Path.Combine(below, Path.GetFileName(file)));
        }

        var container = model.Start();

        Assert.That(container.Log, Does.Contain("Loaded model.onnx."));
    }

    [Test]
    public void Two_models_one_level_down_are_refused()
    {
        using var model = TestModel.Heart();
        foreach (var folder in new[] { "a", "b" })
        {
            Directory.CreateDirectory(Path.Combine(model.Folder, folder));
            File.Copy(Path.Combine(model.Folder, "MLmodel"), Path.Combine(model.Folder, folder, "MLmodel"));
        }

        File.Delete(Path.Combine(model.Folder, "MLmodel"));

        AssertRefused(model, "MLmodel: there are several: in a, b. A model folder holds one model.");
    }

    [Test]
    public void A_missing_folder_is_refused()
    {
        var error = Assert.Throws<ContainerStartException>(
            () => ModelContainer.Start(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), Clocks.Both(TimeProvider.System)));

        Assert.That(error!.Log, Does.Contain("MLmodel: the model folder does not exist."));
    }

    [Test]
    public void A_missing_MLmodel_is_refused()
    {
        using var model = TestModel.Heart();
        File.Delete(Path.Combine(model.Folder, "MLmodel"));

        AssertRefused(model, "MLmodel: the file is missing. It must lie in the folder that was registered as the model, not in one below.");
    }

    [TestCase("flavors: [", "MLmodel: line ")]
    [TestCase("just text", "MLmodel: the file is not one YAML mapping.")]
    [TestCase("mlflow_version: 2.16.2", "MLmodel: 'flavors' is missing")]
    [TestCase("flavors: text", "MLmodel: line 1: 'flavors' must be a mapping")]
    [TestCase("flavors:\n  sklearn:\n    pickled_model: model.pkl\n  python_function: {}", "sklearn, python_function, but not onnx")]
    [TestCase("flavors:\n  onnx:\n    data: ../../etc/passwd", "MLmodel: flavors.onnx.data is '../../etc/passwd', which leads out")]
    [TestCase("flavors:\n  onnx:\n    data: /etc/passwd", "MLmodel: flavors.onnx.data is '/etc/passwd', which leads out")]
    [TestCase("flavors:\n  onnx:\n    data: other.onnx", "other.onnx: the file is missing; flavors.onnx.data of MLmodel names it.")]
    [TestCase("flavors:\n  onnx: {}\nsignature:\n  inputs: '[{'", "'signature.inputs' must be a JSON text")]
    [TestCase("flavors:\n  onnx: {}\nsignature:\n  inputs: '{}'", "'signature.inputs' is malformed: a JSON list is expected")]
    [TestCase("flavors:\n  onnx: {}\nsignature:\n  inputs: '[1]'", "'signature.inputs' is malformed: the list's items are objects")]
    [TestCase(
        "flavors:\n  onnx: {}\nsignature:\n  inputs: '[{\"name\": \"age\", \"type\": \"number\"}]'",
        "a column's 'type' must be one of")]
    [TestCase(
        "flavors:\n  onnx: {}\nsignature:\n  inputs: '[{\"name\": \"a\", \"type\": \"long\"}, {\"name\": \"a\", \"type\": \"long\"}]'",
        "a name is used twice")]
    [TestCase(
        "flavors:\n  onnx: {}\nsignature:\n  inputs: '[{\"name\": \"a\", \"type\": \"long\"}, {\"type\": \"long\"}]'",
        "either all entries have a name or none has")]
    [TestCase(
        "flavors:\n  onnx: {}\nsignature:\n  inputs: '[{\"name\": \"a\", \"type\": \"long\"}, "
        + "{\"name\": \"b\", \"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"int64\", \"shape\": [-1]}}]'",
        "columns and tensors cannot be mixed")]
    [TestCase("flavors:\n  onnx: {}\nsignature:\n  inputs: '[{\"type\": \"tensor\"}]'", "a tensor needs 'tensor-spec'")]
    [TestCase(
        "flavors:\n  onnx: {}\nsignature:\n"
        + "  inputs: '[{\"type\": \"tensor\", \"tensor-spec\": {\"dtype\": \"complex64\", \"shape\": [-1]}}]'",
        "a tensor's 'dtype' is 'complex64'")]
    [TestCase("flavors:\n  onnx: {}\nsignature:\n  params: '[{\"name\": \"p\"}]'", "a parameter needs 'name' and 'type'")]
    public void A_malformed_MLmodel_is_refused_with_its_mistake(string yaml, string expected)
    {
        using var model = TestModel.Of(EchoOfAge, inputs: null);
        model.Write("MLmodel", yaml);

        AssertRefused(model, expected);
    }

    [Test]
    public void An_MLmodel_nested_without_end_is_refused()
    {
        using var model = TestModel.Heart();
        model.Write("MLmodel", "a: " + new string('[', 100_000));

        AssertRefused(model, "nested deeper than 32 levels");
    }

    [Test]
    [CancelAfter(60_000)]
    public void An_MLmodel_with_aliases_that_stand_for_a_thousand_millions_is_refused()
    {
        // As a key, so that it is hashed through and through.
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(line =>
            $"a{line}: &a{line} [{string.Join(", ", Enumerable.Repeat($"*a{line - 1}", 10))}]\n"));
        using var model = TestModel.Heart();
        model.Write("MLmodel", $"a0: &a0 [lol, lol]\n{laughs}? *a9\n: x\n");

        AssertRefused(model, "more than 1000000 values, each alias counted as all that it stands for");
    }

    [Test]
    public void An_MLmodel_with_aliases_that_hang_on_each_other_is_as_deep_as_what_they_stand_for()
    {
        var chain = string.Concat(Enumerable.Range(1, 40_000).Select(line => $"a{line}: &a{line} [*a{line - 1}]\n"));
        using var model = TestModel.Heart();
        model.Write("MLmodel", $"a0: &a0 [lol]\n{chain}? *a40000\n: x\n");

        AssertRefused(model, "nested deeper than 32 levels");
    }

    [Test]
    public void An_MLmodel_that_names_a_thing_once_and_twice_is_read()
    {
        using var model = TestModel.Heart();
        var text = File.ReadAllText(Path.Combine(model.Folder, "MLmodel"));
        model.Write("MLmodel", $"{text}\nmetadata: {{ a: &id001 [1, {{ b: 2 }}], c: *id001, d: [*id001, *id001] }}\n");

        var container = model.Start();

        Assert.That(container.Log, Does.Contain("Loaded model.onnx."));
    }

    [Test]
    public void An_MLmodel_larger_than_any_honest_one_is_refused()
    {
        using var model = TestModel.Heart();
        model.Write("MLmodel", new string('#', 2_000_000));

        AssertRefused(model, "MLmodel: the file has 2,000,000 bytes; at most 1,048,576 are read.");
    }

    [Test]
    public void A_corrupt_graph_is_refused_and_the_log_names_it_without_the_path()
    {
        using var model = TestModel.Heart();
        model.Write("model.onnx", "this is no graph");

        var error = AssertRefused(model, "model.onnx: OnnxRuntime cannot load the graph: ");

        Assert.That(error.Log, Does.Not.Contain(model.Folder));
    }

    [Test]
    public void A_graph_cut_short_is_refused()
    {
        using var model = TestModel.Heart();
        var path = Path.Combine(model.Folder, "model.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^20]);

        AssertRefused(model, "model.onnx: OnnxRuntime cannot load the graph: ");
    }

    [Test]
    public void A_signature_without_a_column_that_the_graph_needs_is_refused()
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns(("age", "long"), ("oldpeak", "double")));

        AssertRefused(model, "MLmodel: 'signature.inputs' has no column 'thal', which the graph in model.onnx needs.");
    }

    [Test]
    public void A_column_of_another_type_than_the_graphs_input_is_refused()
    {
        using var model = TestModel.Heart();
        model.MLmodel(TestModel.Columns(("age", "double"), ("oldpeak", "double"), ("thal", "string")));

        AssertRefused(
            model,
            "the input 'age' of the graph in model.onnx is tensor(int64), but column 'age' of 'signature.inputs' is double.");
    }

    [Test]
    public void Inputs_of_rank_2_for_columns_are_refused()
    {
        var graph = new OnnxWriter()
            .Input("age", OnnxWriter.Int64, -1, 1).Input("sex", OnnxWriter.Int64, -1, 1)
            .Output("sum", OnnxWriter.Int64, -1, 1).Node("Add", ["age", "sex"], ["sum"]).ToBytes();
        using var model = TestModel.Of(graph, TestModel.Columns(("age", "long"), ("sex", "long")));

        AssertRefused(model, "model.onnx: the graph's input 'age' has rank 2.");
    }

    [Test]
    public void A_vector_for_a_graph_with_one_input_is_refused_because_the_frame_comes_as_a_matrix()
    {
        using var model = TestModel.Of(EchoOfAge, TestModel.Columns(("age", "long")));

        AssertRefused(model, "model.onnx: the graph's only input 'age' has rank 1.");
    }

    [Test]
    public void A_text_column_for_a_matrix_of_numbers_is_refused()
    {
        using var model = TestModel.Of(Matrix(OnnxWriter.Float, width: -1), TestModel.Columns(("age", "double"), ("thal", "string")));

        AssertRefused(
            model,
            "column 'thal' of 'signature.inputs' is string, but the graph in model.onnx takes all columns as one tensor(float).");
    }

    [Test]
    public void A_date_for_an_input_or_a_matrix_is_refused()
    {
        using var vectors = TestModel.Heart();
        vectors.MLmodel(TestModel.Columns(("age", "long"), ("oldpeak", "double"), ("thal", "datetime")));
        using var matrix = TestModel.Of(Matrix(OnnxWriter.Text, width: -1), TestModel.Columns(("seen", "datetime"), ("thal", "string")));

        AssertRefused(vectors, "the input 'thal' of the graph in model.onnx is tensor(string), but column 'thal' of 'signature.inputs' is datetime.");
        AssertRefused(matrix, "column 'seen' of 'signature.inputs' is datetime");
    }

    [Test]
    public void Integers_for_a_matrix_of_floats_are_refused()
    {
        using var model = TestModel.Of(Matrix(OnnxWriter.Float, width: -1), TestModel.Columns(("age", "long"), ("sex", "integer")));

        AssertRefused(
            model,
            "the columns of 'signature.inputs' make a matrix of int64, but the input 'x' of the graph in model.onnx is tensor(float).");
    }

    [Test]
    public void A_matrix_of_another_width_than_the_signature_is_refused()
    {
        using var model = TestModel.Of(Matrix(OnnxWriter.Float, width: 3), TestModel.Columns(("age", "double"), ("sex", "double")));

        AssertRefused(model, "'signature.inputs' has 2 columns, but the input 'x' of the graph in model.onnx takes 3.");
    }

    [Test]
    public void A_tensor_that_the_graph_does_not_fit_is_refused()
    {
        using var model = TestModel.Of(
            Matrix(OnnxWriter.Float, width: 3),
            """[{"type": "tensor", "name": "y", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]""");

        AssertRefused(model, "'signature.inputs' has no tensor 'x', which the graph in model.onnx needs.");
    }

    [Test]
    public void An_output_that_is_no_tensor_is_refused()
    {
        var graph = new OnnxWriter()
            .Input("x", OnnxWriter.Float, -1, 2).Output("y", type: 16, -1, 2).Node("Cast", ["x"], ["y"], OnnxWriter.Attribute("to", 16))
            .ToBytes();
        using var model = TestModel.Of(graph, inputs: null);

        AssertRefused(model, "model.onnx: the graph's output 'y' is a tensor of bfloat16; served are");
    }

    [Test]
    public void An_example_that_cannot_be_used_leaves_the_signature_to_decide()
    {
        using var model = TestModel.Heart();
        model.Write("input_example.json", """{"columns": ["age"], "data": [[1, 2]]}""");

        var container = model.Start();
        var (status, _) = container.Score(Requests.Frame("""["age", "oldpeak", "thal"]""", """[[48, 0.25, "fixed"]]"""));

        Assert.That(status, Is.EqualTo(200));
        Assert.That(container.Log, Does.Contain("Failure processing model sample input input_example.json"));
    }

    [Test]
    public void A_signature_without_required_and_unknown_keys_are_tolerated()
    {
        using var model = TestModel.Heart();
        model.MLmodel(
            """[{"name": "age", "type": "long"}, {"name": "oldpeak", "type": "double"}, {"name": "thal", "type": "string"}]""",
            extra: "model_id: m-1\nprompts: null\nis_signature_from_type_hint: false\nmetadata: {a: [1, {b: c}]}\n");

        var (status, _) = model.Start().Score(Requests.Frame("""["age", "oldpeak", "thal"]""", """[[48, 0.25, "fixed"]]"""));

        Assert.That(status, Is.EqualTo(200));
    }

    private static byte[] Matrix(int type, int width) => new OnnxWriter()
        .Input("x", type, -1, width == -1 ? -2 : width).Output("y", type, -1, width == -1 ? -2 : width).Node("Identity", ["x"], ["y"])
        .ToBytes();

    private static ContainerStartException AssertRefused(TestModel model, string reason)
    {
        var error = Assert.Throws<ContainerStartException>(() => model.Start())!;
        Assert.That(error.Log, Does.Contain(reason));
        Assert.That(error.Log, Does.Contain(error.Message));
        return error;
    }
}
