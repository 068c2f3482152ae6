namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
public sealed class ArrayScoringTests
{
    private const string Named =
        """[{"type": "tensor", "name": "a", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}, """
        + """{"type": "tensor", "name": "b", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]""";

    private const string Unnamed = """[{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 2]}}]""";

    private static readonly byte[] TwoInputs = new OnnxWriter()
        .Input("a", OnnxWriter.Float, -1, 2).Input("b", OnnxWriter.Int64, -1)
        .Output("doubled", OnnxWriter.Float, -1, 2).Output("b_again", OnnxWriter.Int64, -1)
        .Node("Add", ["a", "a"], ["doubled"]).Node("Identity", ["b"], ["b_again"]).ToBytes();

    private static readonly byte[] OneInput = new OnnxWriter()
        .Input("x", OnnxWriter.Float, -1, 2).Output("y", OnnxWriter.Float, -1, 2).Node("Add", ["x", "x"], ["y"]).ToBytes();

    [Test]
    public void Named_tensors_are_answered_with_an_object_of_nested_lists()
    {
        using var model = TestModel.Of(TwoInputs, Named);

        var answer = model.Start().Score("""{"input_data": {"a": [[1, 2.5], [3, 4]], "b": [7, 8]}}""");

        Assert.That(answer, Is.EqualTo((200, """{"doubled": [[2.0, 5.0], [6.0, 8.0]], "b_again": [7, 8]}""")));
    }

    [Test]
    public void An_unnamed_tensor_is_a_nested_list()
    {
        using var model = TestModel.Of(OneInput, Unnamed);

        var answer = model.Start().Score("""{"input_data": [[1, 2.5], [3, 4]]}""");

        Assert.That(answer, Is.EqualTo((200, """{"y": [[2.0, 5.0], [6.0, 8.0]]}""")));
    }

    [TestCase("""{"a": [[1, 2, 3]], "b": [7]}""", "Shape of input (1, 3) does not match expected shape (-1, 2).")]
    [TestCase("""{"a": [1, 2], "b": [7]}""", "Shape of input (2,) does not match expected shape (-1, 2).")]
    [TestCase("""{"a": [[1, 2], [3]], "b": [7]}""", "inhomogeneous shape")]
    [TestCase("""{"a": [[1, 2], 3], "b": [7]}""", "inhomogeneous shape")]
    [TestCase("""{"a": [[1, 2]]}""", "Model is missing inputs ['b'].")]
    [TestCase("""{"a": [[1, 2]], "c": [7]}""", "Model is missing inputs ['b']. Note that there were extra inputs: ['c']")]
    [TestCase("""{"a": [["x", 2]], "b": [7]}""", "could not convert string to float: 'x'")]
    [TestCase("""{"a": [[1, 2]], "b": [null]}""", "Cannot convert non-finite values")]
    [TestCase("""{"a": [[1, {}]], "b": [7]}""", "not objects")]
    [TestCase("""{"a": 5, "b": [7]}""", "expected an array of items")]
    [TestCase("""[[1, 2]]""", "input_data is not an object of arrays by name")]
    public void Tensors_that_do_not_fit_are_a_500(string inputData, string reason)
    {
        using var model = TestModel.Of(TwoInputs, Named);
        var container = model.Start();

        var (status, _) = container.Score($$"""{"input_data": {{inputData}}}""");

        Assert.That(status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain(reason));
    }

    [Test]
    public void An_example_of_doubles_for_a_float32_tensor_fails_as_on_Azure()
    {
        using var model = TestModel.Of(TwoInputs, Named);
        model.Example("""{"inputs": {"a": [[1.5, 2.5]], "b": [7]}}""", "ndarray");
        var container = model.Start();

        var (status, _) = container.Score("""{"input_data": {"a": [[1, 2.5]], "b": [7]}}""");

        Assert.That(status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("dtype of input float64 does not match expected dtype float32"));
    }

    [TestCase("""{"input_data": [[1.5, 2.5]]}""", """{"y": [[3.0, 5.0]]}""", TestName = "a list is an array")]
    [TestCase("""{"input_data": "[[1.5, 2.5]]"}""", """{"y": [[3.0, 5.0]]}""", TestName = "a JSON text is parsed first")]
    [TestCase("""{"input_data": {"x": [[1.5, 2.5]]}}""", """{"y": [[3.0, 5.0]]}""", TestName = "an object is arrays by name")]
    [TestCase("""{"input_data": {"input_data": {"x": [[1.5, 2.5]]}}}""", """{"y": [[3.0, 5.0]]}""")]
    [TestCase("""{"input_data": {"columns": ["p", "q"], "index": [0], "data": [[1.5, 2.5]]}}""", """[{"y": 3.0}, {"y": 5.0}]""")]
    public void Without_sample_and_signature_the_form_decides(string body, string expected)
    {
        using var model = TestModel.Of(OneInput, inputs: null);

        var answer = model.Start().Score(body);

        Assert.That(answer, Is.EqualTo((200, expected)));
    }

    [TestCase("""{"columns": ["p", "q"], "data": [[1.5, 2.5]]}""", "Invalid input name: columns")]
    [TestCase("5", "neither a list nor an object", TestName = "a number")]
    [TestCase("\"[1, \"", "Expecting value: line 1 column 5 (char 4)", TestName = "a text that is no JSON")]
    [TestCase("[[1, 2]]", "Unexpected input data type", TestName = "integers for a float input")]
    [TestCase("{}", "Required inputs (['x']) are missing", TestName = "no arrays")]
    public void Without_sample_and_signature_what_the_graph_refuses_is_a_500(string inputData, string reason)
    {
        using var model = TestModel.Of(OneInput, inputs: null);
        var container = model.Start();

        var (status, _) = container.Score($$"""{"input_data": {{inputData}}}""");

        Assert.That(status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain(reason));
    }

    [Test]
    public void A_shape_that_only_the_graph_knows_is_checked_by_the_graph()
    {
        using var model = TestModel.Of(OneInput, inputs: null);
        var container = model.Start();

        var (status, _) = container.Score("""{"input_data": [1.5, 2.5]}""");

        Assert.That(status, Is.EqualTo(500));
        Assert.That(container.Log, Does.Contain("Invalid rank for input"));
    }
}
